package dev.crowdlab.engine.review;

import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.ConsensusLabels;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.FixedLabels;
import dev.crowdlab.engine.pass.Pass;
import dev.crowdlab.engine.pass.Predictions;
import dev.crowdlab.engine.pass.TieBreak;
import java.util.List;

/** Compares a finished consensus with the votes, and with that of other methods; writes nothing. */
public final class ReviewPass implements Pass<VoteComparison> {

    /** The number of unanimous annotators from which overruling them is reported. */
    private static final int MANY = 3;

    /** A model that prefers no class by more than this says nothing about their order. */
    private static final double MIN_PREFERENCE = 1e-12;

    /** The finished consensus, then the others. */
    private final List<Column<ConsensusLabels>> columns;

    /**
     * Prepares the pass.
     *
     * @param methods whose consensus is read, as are the majority vote and the models' label; the first one's is
     *     compared
     */
    public ReviewPass(List<ConsensusMethod> methods) {
        columns = methods.stream().map(Column::consensus).toList();
    }

    @Override
    public VoteComparison newStatistics(Dimensions dimensions) {
        return new VoteComparison(dimensions, columns.size());
    }

    @Override
    public void collect(Block block, VoteComparison statistics) {
        Annotations annotations = block.annotations();
        ConsensusLabels labels = block.input().get(columns.get(0));
        ConsensusLabels majority = block.input().get(Column.MAJORITY);
        FixedLabels fixed = FixedLabels.of(block.input());
        boolean comparesPredictions = statistics.comparesPredictions();
        for (int example = block.from(); example < block.to(); example++) {
            int label = labels.label(example);
            statistics.examplesByRule[labels.rule(example).code()] += 1;
            statistics.examplesByClass[label] += 1;
            if (label != majority.label(example)) {
                statistics.addChanged();
            }
            if (annotations.votes(example, label) == 0 && fixed.label(example) == FixedLabels.FREE) {
                statistics.addUnvoted(areManyUnanimous(annotations, example));
            }
            if (comparesPredictions && majority.rule(example) == TieBreak.VOTES) {
                addPredictions(block, example, majority.label(example), statistics);
            }
        }
        for (int method = 0; method < columns.size(); method++) {
            statistics.examplesByMethod[method] +=
                    equalLabels(block, labels, block.input().get(columns.get(method)));
        }
    }

    private static long equalLabels(Block block, ConsensusLabels labels, ConsensusLabels others) {
        long count = 0;
        for (int example = block.from(); example < block.to(); example++) {
            count += labels.label(example) == others.label(example) ? 1 : 0;
        }
        return count;
    }

    private static void addPredictions(Block block, int example, int voted, VoteComparison statistics) {
        Predictions predictions = block.predictions();
        if (predictions.modelCount() == 1) { // what the model finds most probable is known already
            int predicted = block.input().get(Column.MODEL_LABEL)[example];
            double probability = block.input().get(Column.MODEL_PROBABILITY)[example];
            statistics.addPrediction(0, predicted, probability, voted);
            return;
        }
        for (int model = 0; model < predictions.modelCount(); model++) {
            int predicted = predictions.mostProbable(model, example);
            statistics.addPrediction(model, predicted, predictions.probability(model, example, predicted), voted);
        }
    }

    /** Returns whether a model prefers its most probable class to others. */
    static boolean isPreferred(double probability, int classCount) {
        return probability - 1.0 / classCount > MIN_PREFERENCE;
    }

    private static boolean areManyUnanimous(Annotations annotations, int example) {
        int size = annotations.size(example);
        int first = annotations.label(annotations.start(example));
        return size >= MANY && annotations.votes(example, first) == size;
    }
}
