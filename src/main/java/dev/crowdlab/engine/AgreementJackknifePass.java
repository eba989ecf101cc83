package dev.crowdlab.engine;

/** Leaves out one example after the other, and sums up how far each measure of the whole moves; writes nothing. */
final class AgreementJackknifePass implements Pass<JackknifeSums> {

    private static final long serialVersionUID = 1L;

    /** All but mean Cohen's kappa, which is about pairs; a sum of moves has the number of its measure here. */
    static final AgreementMeasure[] MEASURES = {
        AgreementMeasure.PERCENT_AGREEMENT,
        AgreementMeasure.KRIPPENDORFF_ALPHA,
        AgreementMeasure.FLEISS_KAPPA,
        AgreementMeasure.GWET_AC1
    };

    private final ExampleAgreement whole;
    /** [measures] of the whole. */
    private final double[] values;

    AgreementJackknifePass(ExampleAgreement whole) {
        this.whole = whole;
        values = new double[MEASURES.length];
        for (int statistic = 0; statistic < values.length; statistic++) {
            values[statistic] = whole.value(MEASURES[statistic]);
        }
    }

    @Override
    public JackknifeSums newStatistics(Dimensions dimensions) {
        return new JackknifeSums(MEASURES.length);
    }

    @Override
    public void collect(Block block, JackknifeSums statistics) {
        Annotations annotations = block.annotations();
        int[] votes = new int[annotations.classCount()];
        for (int example = block.from(); example < block.to(); example++) {
            ExampleAgreement.Without without = whole.without(annotations, example, votes);
            for (int statistic = 0; statistic < values.length; statistic++) {
                boolean matters = without.comparedCount() > 0 || MEASURES[statistic] == AgreementMeasure.GWET_AC1;
                if (matters && !Double.isNaN(values[statistic])) {
                    statistics.addMove(statistic, whole.value(MEASURES[statistic], without) - values[statistic]);
                }
            }
        }
    }
}
