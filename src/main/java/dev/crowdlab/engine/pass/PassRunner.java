package dev.crowdlab.engine.pass;

import dev.crowdlab.engine.ActiveLab;
import dev.crowdlab.engine.Crowdlab;
import dev.crowdlab.engine.LocalPassRunner;

/**
 * Takes passes over the slices of a data set, which it keeps: what a pass writes is there for the passes that follow.
 * All that {@link Crowdlab} and {@link ActiveLab} do with many examples goes through a runner, so that another one,
 * such as one that spreads slices over a cluster, runs the same passes and gets the same bits. {@link LocalPassRunner}
 * is the one for memory and threads.
 *
 * <p>For each slice an implementation calls {@link Pass#open} once, then {@link Pass#collect} with blocks that hold
 * every example once, in any order and on any number of threads, with {@link Pass#newStatistics} of their own; it adds
 * the statistics up and keeps the slices that {@code open} gave. Of work done twice it takes slice and statistics of
 * one try.
 *
 * <p>Passes follow one another, so a runner is used by one thread.
 */
public interface PassRunner {

    /** Returns the dimensions of all slices together. */
    Dimensions dimensions();

    /**
     * Takes every example through the pass, and keeps what it wrote.
     *
     * @param phase the name of the pass in {@link PhaseEvent}
     * @return what was counted over all examples
     * @throws java.util.concurrent.CancellationException if this thread is interrupted; it stays so
     */
    <S extends Mergeable<S>> S run(String phase, Pass<S> pass);
}
