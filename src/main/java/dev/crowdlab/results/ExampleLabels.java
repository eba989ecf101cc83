package dev.crowdlab.results;

import dev.crowdlab.dataset.Dataset;
import dev.crowdlab.dataset.id.IdList;
import dev.crowdlab.engine.Consensus;
import java.util.Optional;

/** The labels that a run publishes, numbered in code-point order of the examples' ids. */
interface ExampleLabels {

    IdList examples();

    IdList classes();

    int label(int example);

    double quality(int example);

    /**
     * The labels of a consensus.
     *
     * @param consensus empty if the dataset has no examples
     */
    static ExampleLabels of(Dataset dataset, Optional<Consensus> consensus) {
        return new OfConsensus(dataset, consensus);
    }

    /** Every example has a label. */
    record OfConsensus(Dataset dataset, Optional<Consensus> consensus) implements ExampleLabels {

        @Override
        public IdList examples() {
            return dataset.examples();
        }

        @Override
        public IdList classes() {
            return dataset.classes();
        }

        @Override
        public int label(int example) {
            return consensus.orElseThrow().label(example);
        }

        @Override
        public double quality(int example) {
            return consensus.orElseThrow().quality(example);
        }
    }
}
