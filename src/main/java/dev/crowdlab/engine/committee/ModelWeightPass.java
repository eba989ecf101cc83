package dev.crowdlab.engine.committee;

import dev.crowdlab.engine.numeric.Grid;
import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.Mergeable;
import dev.crowdlab.engine.pass.Pass;
import java.util.List;

/**
 * What a step of Newton's method needs to weigh the models anew, summed over the sample: for each expert, with s the
 * class probabilities that its {@link ClassTerm} gives an example, q its posterior and ln p_r those of model r, the
 * gradient sum of (q - s) ln p_r, and minus its derivatives, the covariance of ln p_r and ln p_r' under s. Writes
 * nothing.
 */
final class ModelWeightPass implements Pass<ModelWeightPass.Sums> {

    private final List<Expert> experts;
    private final List<ClassTerm> terms;

    /**
     * Prepares the pass.
     *
     * @param terms of the experts
     */
    ModelWeightPass(List<Expert> experts, List<ClassTerm> terms) {
        this.experts = List.copyOf(experts);
        this.terms = List.copyOf(terms);
    }

    @Override
    public Sums newStatistics(Dimensions dimensions) {
        return new Sums(experts.size(), dimensions.modelCount());
    }

    @Override
    public void collect(Block block, Sums sums) {
        int classCount = block.predictions().classCount();
        CandidatePosteriors posteriors = new CandidatePosteriors(block.input(), experts);
        ModelLogs logs = new ModelLogs(classCount, block.predictions().modelCount());
        double[] expected = new double[classCount];
        int[] examples = block.input().get(CommitteeSample.EXAMPLES);
        int end = CommitteeSample.start(examples, block.to());
        for (int index = CommitteeSample.start(examples, block.from()); index < end; index++) {
            logs.open(block.predictions(), examples[index]);
            posteriors.open(examples[index]);
            for (int place = 0; place < experts.size(); place++) {
                logs.predict(terms.get(place), expected);
                sums.addExample(place, posteriors, logs, expected);
            }
        }
    }

    /** Exact sums, by expert. */
    static final class Sums implements Mergeable<Sums> {

        private final int modelCount;
        /** [experts × models] in two parts each. */
        private final long[] gradients;
        /** [experts × models × models] in two parts each. */
        private final long[] information;

        Sums(int expertCount, int modelCount) {
            this.modelCount = modelCount;
            gradients = new long[2 * expertCount * modelCount];
            information = new long[2 * expertCount * modelCount * modelCount];
        }

        void addExample(int place, CandidatePosteriors posteriors, ModelLogs logs, double[] expected) {
            double[] means = new double[modelCount];
            for (int model = 0; model < modelCount; model++) {
                double posterior = 0;
                for (int index = 0; index < posteriors.count(); index++) {
                    posterior +=
                            posteriors.posterior(place, index) * Grid.UNIT * logs.get(model, posteriors.label(index));
                }
                for (int label = 0; label < expected.length; label++) {
                    means[model] += expected[label] * logs.get(model, label);
                }
                Grid.add(gradients, 2 * (place * modelCount + model), Grid.of(posterior - means[model]));
            }
            for (int model = 0; model < modelCount; model++) {
                for (int other = 0; other < modelCount; other++) {
                    double product = 0;
                    for (int label = 0; label < expected.length; label++) {
                        product += expected[label] * logs.get(model, label) * logs.get(other, label);
                    }
                    int cell = (place * modelCount + model) * modelCount + other;
                    Grid.add(information, 2 * cell, Grid.of(product - means[model] * means[other]));
                }
            }
        }

        @Override
        public void add(Sums other) {
            Mergeable.add(gradients, other.gradients);
            Mergeable.add(information, other.information);
        }

        /** Returns the term of the expert at the place, after a step. */
        ClassTerm step(ClassTerm term, int place, double scale) {
            double[] gradient = values(gradients, place * modelCount, modelCount, scale);
            int square = modelCount * modelCount;
            return term.stepped(gradient, values(information, place * square, square, scale));
        }

        private static double[] values(long[] sums, int from, int count, double scale) {
            double[] values = new double[count];
            for (int index = 0; index < count; index++) {
                int place = 2 * (from + index);
                values[index] = Grid.value(sums[place], sums[place + 1]) * scale;
            }
            return values;
        }
    }
}
