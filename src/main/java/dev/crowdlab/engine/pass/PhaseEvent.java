package dev.crowdlab.engine.pass;

import java.util.function.Supplier;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/**
 * One phase of building or analyzing a data set, for the JDK's Flight Recorder: on the thread that asked for it, from
 * its begin to its end, that of the slowest thread included. Without a recording nothing happens but the allocation of
 * two objects per phase.
 */
@Name("crowdlab.Phase")
@Label("Phase")
@Description("A pass of the engine over all examples, or another part of building or analyzing a data set")
@Category("CROWDLAB")
@StackTrace(false)
public final class PhaseEvent extends Event {

    @Label("Phase")
    final String phase;

    @Label("Examples")
    final long examples;

    @Label("Annotations")
    final long annotations;

    private PhaseEvent(String phase, long examples, long annotations) {
        this.phase = phase;
        this.examples = examples;
        this.annotations = annotations;
    }

    /**
     * Does the work, and records how long it took, also when it fails.
     *
     * @param phase its name
     * @param exampleCount how many examples it treats
     * @param annotationCount how many annotations they have
     * @param work done once, on this thread
     * @return the result of the work
     */
    public static <T> T measure(String phase, long exampleCount, long annotationCount, Supplier<T> work) {
        PhaseEvent event = new PhaseEvent(phase, exampleCount, annotationCount);
        event.begin();
        try {
            return work.get();
        } finally {
            event.commit();
        }
    }

    /** The same for a data set. */
    public static <T> T measure(String phase, Dimensions dimensions, Supplier<T> work) {
        return measure(phase, dimensions.exampleCount(), dimensions.annotationCount(), work);
    }
}
