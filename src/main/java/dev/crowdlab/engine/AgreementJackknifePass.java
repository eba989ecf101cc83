package dev.crowdlab.engine;

/** Leaves out one example after the other, and sums up how far each measure of the whole moves; writes nothing. */
final class AgreementJackknifePass implements Pass<JackknifeSums> {

    private static final long serialVersionUID = 1L;

    /** By the place of each in the enum; mean Cohen's kappa, which is about pairs, is the last and not among them. */
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
        for (AgreementMeasure measure : MEASURES) {
            values[measure.ordinal()] = whole.value(measure);
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
            for (AgreementMeasure measure : MEASURES) {
                boolean matters = without.comparedCount() > 0 || measure == AgreementMeasure.GWET_AC1;
                double value = values[measure.ordinal()];
                if (matters && !Double.isNaN(value)) {
                    statistics.addMove(measure.ordinal(), whole.value(measure, without) - value);
                }
            }
        }
    }
}
