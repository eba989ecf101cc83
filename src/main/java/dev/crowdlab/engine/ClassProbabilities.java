package dev.crowdlab.engine;

import dev.crowdlab.engine.choice.ChoiceSets;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.pass.Predictions;
import dev.crowdlab.engine.pass.Slice;
import dev.crowdlab.engine.quality.PosteriorReader;
import dev.crowdlab.engine.quality.QualityMethod;
import dev.crowdlab.engine.vote.Vote;
import java.util.ArrayList;
import java.util.List;

/** The probability of one class after the other, each by the engine for two classes: not chosen is 0, chosen is 1. */
final class ClassProbabilities implements AutoCloseable {

    private final MultipleChoice.Input input;
    private final Options options;
    private final LocalPassRunner passes;
    private final int[] offsets;
    private final int[] annotators;

    ClassProbabilities(MultipleChoice.Input input, Options options) {
        this.input = input;
        this.options = withoutSupplements(options, input.predictions().modelCount() > 0);
        Annotations answers = input.answers();
        offsets = new int[answers.exampleCount() + 1];
        annotators = new int[answers.annotationCount()];
        for (int example = 0; example < answers.exampleCount(); example++) {
            offsets[example + 1] = answers.end(example);
        }
        for (int position = 0; position < annotators.length; position++) {
            annotators[position] = answers.annotator(position);
        }
        passes = new LocalPassRunner(
                new Slice(answers, Predictions.none(answers.exampleCount(), answers.classCount())),
                options.threads(),
                options.blockSize());
    }

    private static Options withoutSupplements(Options options, boolean hasModels) {
        Options kept = new Options(
                options.consensusMethods().subList(0, 1),
                options.qualityMethod(),
                options.labelQualityScore(),
                false,
                options.calibratePredictions(),
                options.threads(),
                options.blockSize());
        return (hasModels ? kept : kept.withQuality(QualityMethod.AGREEMENT)).withPosterior(true);
    }

    /**
     * Returns whether the probability is the share of the answers that choose the class, so that it need not be asked
     * for: without models, and by agreement, no other method than the committee weighs annotators.
     */
    static boolean areShares(Options options, int modelCount) {
        return options.consensusMethods().get(0) != ConsensusMethod.COMMITTEE
                && (modelCount == 0 || options.qualityMethod() == QualityMethod.AGREEMENT);
    }

    /**
     * Computes the probability of the class for every example.
     *
     * @param probabilities [examples] written into
     * @return how often what follows from them is right, as the committee estimates; NaN without committee
     */
    double fill(int label, double[] probabilities) {
        LocalPassRunner two = passes.on(slice(label));
        if (options.calibratePredictions() && input.predictions().modelCount() > 0) {
            Crowdlab.calibrate(two);
        }
        ConsensusMethod method = options.consensusMethods().get(0);
        ConsensusChoice choice = new ConsensusFinder(two, options).choose(method, Vote.of(two), true);
        PosteriorReader reader = choice.published().orElseThrow().on(two.slice());
        double[] posterior = new double[2];
        for (int example = 0; example < probabilities.length; example++) {
            reader.fill(example, posterior);
            probabilities[example] = posterior[1];
        }
        return choice.committee().map(found -> found.accuracy()).orElse(Double.NaN);
    }

    private Slice slice(int label) {
        Slice slice = new Slice(
                new Annotations(2, input.answers().annotatorCount(), offsets, annotators, chosen(label)),
                predictions(label));
        return input.keys().length == 0 ? slice : slice.with(Column.EXAMPLE_KEY, input.keys());
    }

    private int[] chosen(int label) {
        ChoiceSets sets = input.sets();
        int[] inSet = new int[sets.size()];
        for (int set = 0; set < inSet.length; set++) {
            inSet[set] = sets.contains(set, label) ? 1 : 0;
        }
        int[] chosen = new int[annotators.length];
        for (int position = 0; position < chosen.length; position++) {
            chosen[position] = inSet[input.answers().label(position)];
        }
        return chosen;
    }

    private Predictions predictions(int label) {
        Predictions given = input.predictions();
        List<double[]> models = new ArrayList<>();
        for (int model = 0; model < given.modelCount(); model++) {
            double[] two = new double[2 * given.exampleCount()];
            for (int example = 0; example < given.exampleCount(); example++) {
                double probability = given.probability(model, example, label);
                two[2 * example] = 1 - probability;
                two[2 * example + 1] = probability;
            }
            models.add(two);
        }
        return new Predictions(given.exampleCount(), 2, models);
    }

    @Override
    public void close() {
        passes.close();
    }
}
