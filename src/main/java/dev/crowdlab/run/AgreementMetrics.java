package dev.crowdlab.run;

import dev.crowdlab.dataset.DatasetNames;
import dev.crowdlab.dataset.DatasetTotals;
import dev.crowdlab.engine.Agreement;
import dev.crowdlab.engine.Estimates;
import dev.crowdlab.engine.agreement.AgreementMeasure;
import java.util.List;

/**
 * How far the annotators agree with each other.
 *
 * @param alpha Krippendorff's alpha; NaN if undefined
 * @param ac1 Gwet's AC1; NaN if undefined
 * @param commonClass the class with most labels
 * @param commonShare its share of all labels; NaN if there are none
 * @param comparedCount annotators compared in pairs
 * @param isLimited whether others were left out
 * @param opposites annotators who seem to give opposite labels, the widest gap first
 * @param oneClass annotators who gave one class nearly always, most labels first
 */
public record AgreementMetrics(
        double alpha,
        double ac1,
        String commonClass,
        double commonShare,
        long comparedCount,
        boolean isLimited,
        List<Opposite> opposites,
        List<OneClassAnnotator> oneClass) {

    /** For a dataset without examples. */
    public static final AgreementMetrics NONE =
            new AgreementMetrics(Double.NaN, Double.NaN, "", Double.NaN, 0, false, List.of(), List.of());

    /** With fewer common examples two annotators say little about each other. */
    public static final int MIN_COMMON = 30;

    /** Lists are copied. */
    public AgreementMetrics {
        opposites = List.copyOf(opposites);
        oneClass = List.copyOf(oneClass);
    }

    /**
     * An annotator who agrees less with somebody than guessing would, on {@link #MIN_COMMON} or more common examples.
     *
     * @param annotator the id
     * @param partner the other annotator's id
     * @param agreement the share of common examples to which both gave the same label
     * @param chance the share that both would give by guessing, each with their own shares of the classes
     * @param commonCount how many common examples there are
     */
    public record Opposite(String annotator, String partner, double agreement, double chance, long commonCount) {

        double gap() {
            return chance - agreement;
        }
    }

    static AgreementMetrics of(DatasetNames names, DatasetTotals totals, Estimates estimates) {
        Agreement agreement = estimates.agreement();
        double annotations = totals.annotationCount();
        int classCount = names.classes().size();
        int common = 0;
        for (int label = 1; label < classCount; label++) {
            common = totals.labelCount(label) > totals.labelCount(common) ? label : common;
        }
        OneClassAnnotators oneClass =
                new OneClassAnnotators(names, estimates.confusionSummary(), estimates.annotators()::labelCount);
        return new AgreementMetrics(
                agreement.estimate(AgreementMeasure.KRIPPENDORFF_ALPHA).value(),
                agreement.estimate(AgreementMeasure.GWET_AC1).value(),
                names.classes().text(common),
                totals.labelCount(common) / annotations,
                agreement.pairs().comparedCount(),
                agreement.pairs().isLimited(),
                new OppositePairs(agreement.pairs(), names.annotators().size(), names.annotators()::text).widest(),
                oneClass.byLabels());
    }
}
