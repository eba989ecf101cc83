package dev.crowdlab.engine.agreement;

import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.Pass;
import java.util.List;

/** Leaves out one example after the other and sums up how far each measure of agreement moves; writes nothing. */
public final class AgreementJackknifePass implements Pass<JackknifeSums> {

    /** All but mean Cohen's kappa, which is about pairs; a sum of moves has the number of its measure here. */
    public static final List<AgreementMeasure> MEASURES = List.of(
            AgreementMeasure.PERCENT_AGREEMENT,
            AgreementMeasure.KRIPPENDORFF_ALPHA,
            AgreementMeasure.FLEISS_KAPPA,
            AgreementMeasure.GWET_AC1);

    private final ExampleAgreement whole;
    /** [measures] of the whole. */
    private final double[] values;

    public AgreementJackknifePass(ExampleAgreement whole) {
        this.whole = whole;
        values = new double[MEASURES.size()];
        for (int statistic = 0; statistic < values.length; statistic++) {
            values[statistic] = whole.value(MEASURES.get(statistic));
        }
    }

    @Override
    public JackknifeSums newStatistics(Dimensions dimensions) {
        return new JackknifeSums(MEASURES.size());
    }

    @Override
    public void collect(Block block, JackknifeSums statistics) {
        Annotations annotations = block.annotations();
        int[] votes = new int[annotations.classCount()];
        int[] labels = new int[0];
        for (int example = block.from(); example < block.to(); example++) {
            int length = annotations.size(example);
            if (length > labels.length) {
                labels = new int[2 * length];
            }
            for (int index = 0; index < length; index++) {
                labels[index] = annotations.label(annotations.start(example) + index);
            }
            addMoves(statistics, whole.without(labels, length, votes), 1);
        }
    }

    /** Returns what the pass would, from the sequences of labels of all examples. */
    public JackknifeSums sum(LabelSequences sequences, int classCount) {
        JackknifeSums statistics = new JackknifeSums(MEASURES.size());
        int[] votes = new int[classCount];
        sequences.forEach((labels, length, count) -> addMoves(statistics, whole.without(labels, length, votes), count));
        return statistics;
    }

    /**
     * Adds how far the measures move without one of these examples.
     *
     * @param labels of each, in the first places
     * @param votes [classes] working memory: all 0 before and after
     */
    void addMoves(JackknifeSums statistics, int[] labels, int length, int[] votes, long count) {
        addMoves(statistics, whole.without(labels, length, votes), count);
    }

    private void addMoves(JackknifeSums statistics, ExampleAgreement.Without without, long count) {
        for (int statistic = 0; statistic < values.length; statistic++) {
            boolean matters = without.comparedCount() > 0 || MEASURES.get(statistic) == AgreementMeasure.GWET_AC1;
            if (matters && !Double.isNaN(values[statistic])) {
                statistics.addMoves(
                        statistic, whole.value(MEASURES.get(statistic), without) - values[statistic], count);
            }
        }
    }
}
