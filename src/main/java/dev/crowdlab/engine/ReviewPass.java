package dev.crowdlab.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Compares a finished consensus with the votes, and with that of other methods; writes nothing. */
final class ReviewPass implements Pass<ReviewPass.Reviewed> {

    private static final long serialVersionUID = 1L;

    /** The number of unanimous annotators from which overruling them is reported. */
    private static final int MANY = 3;

    /** A model that prefers no class by more than this says nothing about their order. */
    private static final double MIN_PREFERENCE = 1e-12;

    /** The finished consensus, then the others. */
    private final List<Column<ConsensusLabels>> columns;

    /**
     * Prepares the pass.
     *
     * @param methods whose consensus is read, as are the majority vote and the models' label; the first one's is compared
     */
    ReviewPass(List<ConsensusMethod> methods) {
        columns = methods.stream().map(Column::consensus).toList();
    }

    @Override
    public Reviewed newStatistics(Dimensions dimensions) {
        return new Reviewed(dimensions, columns.size());
    }

    @Override
    public void collect(Block block, Reviewed statistics) {
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

    private static void addPredictions(Block block, int example, int voted, Reviewed statistics) {
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

    /** How the consensus compares with the votes, over all examples. */
    static final class Reviewed implements Mergeable<Reviewed> {

        private static final long serialVersionUID = 1L;

        /** With more cells than this, of which each thread has its own, predictions are not compared with votes. */
        private static final int MAX_CELLS = 1 << 20;

        /** [rules] examples by the rule that the consensus is owed to. */
        final long[] examplesByRule;
        /** [classes] examples by consensus. */
        final long[] examplesByClass;
        /** [methods] examples to which the method gives the same label as the first one. */
        final long[] examplesByMethod;
        /**
         * [3] examples whose consensus no annotator gave; those of them where many annotators agree on another label; examples whose
         * consensus is not the majority vote.
         */
        private final long[] examplesAgainstVotes;

        /** [models × classes × classes] examples by the class that a model finds most probable, then by that with most votes. */
        private final long[] votesByPrediction;

        private final int classCount;

        Reviewed(Dimensions dimensions, int methodCount) {
            classCount = dimensions.classCount();
            long cells = (long) dimensions.modelCount() * classCount * classCount;
            votesByPrediction = new long[classCount > ClassOrder.MAX_CLASSES || cells > MAX_CELLS ? 0 : (int) cells];
            examplesByRule = new long[TieBreak.values().length];
            examplesByClass = new long[dimensions.classCount()];
            examplesByMethod = new long[methodCount];
            examplesAgainstVotes = new long[3];
        }

        /** Counts an example whose consensus no annotator gave. */
        void addUnvoted(boolean isOverruling) {
            examplesAgainstVotes[0] += 1;
            examplesAgainstVotes[1] += isOverruling ? 1 : 0;
        }

        /** Counts an example whose consensus is not the majority vote. */
        void addChanged() {
            examplesAgainstVotes[2] += 1;
        }

        /** Returns whether predictions are counted by the votes. */
        boolean comparesPredictions() {
            return votesByPrediction.length > 0;
        }

        /** Counts an example whose most votes are for one class, if the model prefers one. */
        void addPrediction(int model, int predicted, double probability, int voted) {
            if (isPreferred(probability, classCount)) {
                votesByPrediction[(model * classCount + predicted) * classCount + voted] += 1;
            }
        }

        /** Returns whether the model's classes are probably in another order. */
        Optional<ClassOrder> suspectedOrder(int model) {
            if (!comparesPredictions()) {
                return Optional.empty();
            }
            long[][] counts = new long[classCount][];
            for (int predicted = 0; predicted < classCount; predicted++) {
                int from = (model * classCount + predicted) * classCount;
                counts[predicted] = Arrays.copyOfRange(votesByPrediction, from, from + classCount);
            }
            return ClassOrder.suspected(counts);
        }

        /** Returns the share of examples on which the model prefers the class with most votes, in [0, 1]; NaN if none is counted. */
        double agreement(int model) {
            long agreeing = 0;
            long total = 0;
            for (int cell = 0; comparesPredictions() && cell < classCount * classCount; cell++) {
                long count = votesByPrediction[model * classCount * classCount + cell];
                agreeing += cell % (classCount + 1) == 0 ? count : 0; // both classes are the same
                total += count;
            }
            return (double) agreeing / total;
        }

        @Override
        public void add(Reviewed other) {
            Mergeable.add(examplesByRule, other.examplesByRule);
            Mergeable.add(examplesByClass, other.examplesByClass);
            Mergeable.add(examplesByMethod, other.examplesByMethod);
            Mergeable.add(examplesAgainstVotes, other.examplesAgainstVotes);
            Mergeable.add(votesByPrediction, other.votesByPrediction);
        }

        long unvotedCount() {
            return examplesAgainstVotes[0];
        }

        long overrulingCount() {
            return examplesAgainstVotes[1];
        }

        long changedCount() {
            return examplesAgainstVotes[2];
        }
    }
}
