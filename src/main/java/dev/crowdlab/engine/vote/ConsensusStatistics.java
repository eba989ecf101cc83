package dev.crowdlab.engine.vote;

import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.Mergeable;

/** How annotators and models compare with given consensus labels, over the examples with more than one annotation. */
public final class ConsensusStatistics implements Mergeable<ConsensusStatistics> {

    /** [largest size + 1] annotations equal to the consensus, by the number of annotations of their example. */
    final long[] agreeingBySize;
    /** [classes] examples by consensus. */
    public final long[] examplesByClass;
    /** [models] examples whose most probable class is not the consensus. */
    public final long[] modelErrors;

    public ConsensusStatistics(Dimensions dimensions) {
        agreeingBySize = new long[dimensions.largestSize() + 1];
        examplesByClass = new long[dimensions.classCount()];
        modelErrors = new long[dimensions.modelCount()];
    }

    /**
     * Counts the example with this consensus; an example with one annotation does not count.
     *
     * @param votes how many annotators gave the consensus
     */
    void addExample(Block block, int example, int consensus, int votes) {
        count(block, example, consensus, votes, 1);
    }

    /** Counts the example with another consensus than before. */
    public void changeExample(Block block, int example, int before, int consensus) {
        Annotations annotations = block.annotations();
        count(block, example, before, annotations.votes(example, before), -1);
        count(block, example, consensus, annotations.votes(example, consensus), 1);
    }

    private void count(Block block, int example, int consensus, int votes, int times) {
        int size = block.annotations().size(example);
        if (size == 1) {
            return;
        }
        agreeingBySize[size] += (long) times * votes;
        examplesByClass[consensus] += times;
        for (int model = 0; model < modelErrors.length; model++) {
            modelErrors[model] += block.predictions().isMostProbable(model, example, consensus) ? 0 : times;
        }
    }

    @Override
    public void add(ConsensusStatistics other) {
        Mergeable.add(agreeingBySize, other.agreeingBySize);
        Mergeable.add(examplesByClass, other.examplesByClass);
        Mergeable.add(modelErrors, other.modelErrors);
    }

    /** Returns the number of examples counted. */
    public long exampleCount() {
        long count = 0;
        for (long examples : examplesByClass) {
            count += examples;
        }
        return count;
    }

    /** Returns the consensus likelihood L: the mean agreement of an example's annotations with its consensus. */
    public double likelihood() {
        double sum = 0;
        for (int size = 2; size < agreeingBySize.length; size++) {
            sum += (double) agreeingBySize[size] / size;
        }
        return sum / exampleCount();
    }

    /** Returns the error of always choosing the most frequent consensus, before the floor. */
    public double classError() {
        long most = 0;
        for (long examples : examplesByClass) {
            most = Math.max(most, examples);
        }
        return 1 - (double) most / exampleCount();
    }
}
