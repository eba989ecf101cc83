package dev.crowdlab.engine;

import static java.util.Objects.requireNonNull;

import dev.crowdlab.engine.choice.ChoiceCollector;
import dev.crowdlab.engine.choice.ChoiceSets;
import dev.crowdlab.engine.choice.Choosing;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.ConsensusLabels;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.pass.PhaseEvent;
import dev.crowdlab.engine.pass.Predictions;
import dev.crowdlab.engine.pass.Slice;
import dev.crowdlab.engine.pass.TieBreak;
import dev.crowdlab.engine.pass.UnusableInputException;
import dev.crowdlab.engine.quality.Weights;
import dev.crowdlab.engine.vote.Vote;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * Answers that name several classes, or none. One against the rest: for each class every answer is a label of two
 * classes, chosen or not, which the engine analyzes like any other, with the same annotators each time. The published set
 * of an example has the classes with a probability above 1/2; it may be empty. Classes know nothing of each other: neither
 * that one of them must be chosen nor that some exclude others.
 *
 * <p>The quality of a set, published or answered, is that of its least certain class: the minimum over all classes of the
 * probability that what the set says of the class is right. It does not depend on how many classes nobody thought of.
 *
 * <p>Only classes that an example has to do with take memory, see {@link dev.crowdlab.engine.choice.ExampleChoices}. Where the
 * probability is a share of the answers they alone take time, too; otherwise every class takes as long as a data set of
 * two classes. The same input gives the same bits regardless of threads and blocks.
 */
public final class MultipleChoice {

    private final Input input;
    private final Options options;
    private final ConsensusMethod method;

    private MultipleChoice(Input input, Options options) {
        this.input = input;
        this.options = options;
        method = options.consensusMethods().get(0);
    }

    /**
     * The answers.
     *
     * @param answers whose labels are numbers of sets
     * @param sets that occur
     * @param predictions [examples × classes] of zero or more models: each the probability that the class belongs to the
     *     example, whatever the others are
     * @param keys [examples] as {@link Column#EXAMPLE_KEY}, for a committee with models; empty otherwise; not modified
     */
    @SuppressWarnings("ArrayRecordComponent") // a column, compared by nobody
    public record Input(Annotations answers, ChoiceSets sets, Predictions predictions, long[] keys) {

        /**
         * Checks the shapes.
         *
         * @throws IllegalArgumentException if they do not fit
         */
        public Input {
            requireNonNull(keys, "keys");
            if (answers.classCount() != sets.size()) {
                throw new IllegalArgumentException("answers are of " + answers.classCount() + " sets, but there are "
                        + sets.size() + "; they must be as many");
            }
            if (predictions.exampleCount() != answers.exampleCount() || predictions.classCount() != sets.classCount()) {
                throw new IllegalArgumentException("predictions have " + predictions.exampleCount() + " examples and "
                        + predictions.classCount() + " classes, answers " + answers.exampleCount() + " and "
                        + sets.classCount() + "; they must be the same");
            }
        }
    }

    /**
     * Analyzes answers in memory. Safe for use by many threads; starts {@link Options#threads} threads of its own and
     * ends them.
     *
     * @param options methods, of which the first counts, threads and block size
     * @throws UnusableInputException if there is no class, or neither a model nor an example with two answers
     * @throws IllegalArgumentException if the method is Dawid and Skene's
     * @throws CancellationException if the calling thread is interrupted; it stays so
     */
    public static ChoiceAnalysis analyze(Input input, Options options) {
        if (options.consensusMethods().get(0) == ConsensusMethod.DAWID_SKENE) {
            throw new IllegalArgumentException("several choices are not analyzed by " + ConsensusMethod.DAWID_SKENE);
        }
        if (input.sets().classCount() == 0) {
            throw new UnusableInputException("No answer chooses a class, and none is named; name the classes.");
        }
        if (input.answers().largestSize() < 2 && input.predictions().modelCount() == 0) {
            throw new UnusableInputException(
                    "No example has two annotations, and there are no predictions: nothing to estimate quality from.");
        }
        return new MultipleChoice(input, options).run();
    }

    private ChoiceAnalysis run() {
        Choosing choosing = new Choosing(input.answers(), input.sets());
        ChoiceCollector collector =
                new ChoiceCollector(input.answers(), input.sets().classCount());
        boolean areShares =
                ClassProbabilities.areShares(options, input.predictions().modelCount());
        PhaseEvent.measure(
                "choices", input.answers().exampleCount(), input.answers().annotationCount(), () -> {
                    if (areShares) {
                        collectShares(choosing, collector);
                    } else {
                        collectProbabilities(choosing, collector);
                    }
                    return collector;
                });
        ChoiceCollector.Collected collected = collector.build(input.sets());
        return new ChoiceAnalysis(
                collected.sets(),
                analysis(collected),
                collected.examples(),
                collected.annotators(),
                collected.classes());
    }

    private void collectShares(Choosing choosing, ChoiceCollector collector) {
        for (int label = 0; label < input.sets().classCount(); label++) {
            stopIfInterrupted();
            collector.addShares(choosing, label);
        }
    }

    private void collectProbabilities(Choosing choosing, ChoiceCollector collector) {
        double[] probabilities = new double[input.answers().exampleCount()];
        try (ClassProbabilities source = new ClassProbabilities(input, options)) {
            for (int label = 0; label < input.sets().classCount(); label++) {
                stopIfInterrupted();
                double accuracy = source.fill(label, probabilities);
                collector.add(choosing, label, probabilities, input.predictions(), accuracy);
            }
        }
    }

    private static void stopIfInterrupted() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("interrupted while analyzing");
        }
    }

    /** Takes the published sets for the consensus of labels that are sets. */
    private Analysis analysis(ChoiceCollector.Collected collected) {
        Annotations answers = collected.answers();
        ConsensusLabels labels = new ConsensusLabels(answers.exampleCount());
        for (int example = 0; example < answers.exampleCount(); example++) {
            labels.decide(example, collected.published()[example], TieBreak.NONE);
        }
        Slice slice = new Slice(answers, Predictions.none(answers.exampleCount(), answers.classCount()))
                .with(Column.consensus(method), labels)
                .with(Column.quality(method), collected.qualities())
                .with(Column.ANNOTATION_QUALITY, collected.answerQualities());
        Options plain = new Options(
                List.of(method),
                options.qualityMethod(),
                options.labelQualityScore(),
                false,
                false,
                options.threads(),
                options.blockSize());
        try (LocalPassRunner passes = new LocalPassRunner(slice, options.threads(), options.blockSize())) {
            Estimates estimates = estimates(passes, plain, collected.likelihood());
            return new Analysis(estimates, passes.slice(), plain);
        }
    }

    private Estimates estimates(LocalPassRunner passes, Options plain, double likelihood) {
        Vote vote = Vote.of(passes);
        double[] temperatures = new double[0];
        ConsensusChoice choice = new ConsensusChoice(
                Weights.undefined(likelihood, passes.dimensions()),
                Optional.empty(),
                1,
                Optional.empty(),
                Optional.empty());
        ConsensusScorer scorer = new ConsensusScorer(passes, plain);
        Estimates.Published published = scorer.publish(method, choice, vote);
        GoldMeasurer.Measured measured = new GoldMeasurer(passes, plain).measure(vote, false);
        return new Estimates(
                vote,
                published,
                List.of(published.scored()),
                scorer.compare(vote, measured, Optional.empty()),
                temperatures);
    }
}
