package dev.crowdlab.run;

import dev.crowdlab.dataset.DatasetNames;
import dev.crowdlab.dataset.DatasetTotals;
import dev.crowdlab.dataset.InputKind;
import dev.crowdlab.dataset.ModelCounts;
import dev.crowdlab.dataset.RejectedRows.Count;
import dev.crowdlab.dataset.RejectionReason;
import java.util.ArrayList;
import java.util.List;

/**
 * How much of one source of the input was rejected. A prediction counts once, however many rows it has; superseded
 * annotations do not count.
 *
 * @param one the noun for one of them
 * @param many the noun for several
 * @param total how many there were
 * @param rejectedCount how many of them were rejected
 */
public record InputShare(String one, String many, long total, long rejectedCount) {

    /** The rejected share, 0 if there were none. */
    public double share() {
        return total == 0 ? 0 : (double) rejectedCount / total;
    }

    /** Annotations. */
    public static InputShare ofAnnotations(long total, long rejectedCount) {
        return new InputShare("annotation", "annotations", total, rejectedCount);
    }

    /** Rows of gold. */
    static InputShare ofGold(long total, long rejectedCount) {
        return new InputShare("gold row", "gold rows", total, rejectedCount);
    }

    /** Every model, all predictions if some are of no model or example, then the annotations: causes come first. */
    static List<InputShare> of(DatasetNames names, DatasetTotals totals) {
        List<InputShare> shares = new ArrayList<>();
        ModelCounts models = totals.modelCounts();
        long given = 0;
        long rejected = 0;
        for (int model = 0; model < models.modelCount(); model++) {
            String of = " of model '" + names.models().text(model) + "'";
            long rejectedOfModel = sum(models.rejected(model).values());
            shares.add(new InputShare("prediction" + of, "predictions" + of, models.given(model), rejectedOfModel));
            given += models.given(model);
            rejected += rejectedOfModel;
        }
        long stray = models.strayPredictions();
        if (stray > 0) {
            shares.add(new InputShare("prediction", "predictions", given + stray, rejected + stray));
        }
        long superseded = totals.rejected().count(InputKind.ANNOTATION, RejectionReason.SUPERSEDED_ANNOTATION);
        long rejectedAnnotations = totals.rejected().counts().stream()
                .filter(count -> count.source() == InputKind.ANNOTATION)
                .mapToLong(Count::rowCount)
                .sum();
        shares.add(ofAnnotations(totals.counts().annotationRows() - superseded, rejectedAnnotations - superseded));
        return shares;
    }

    private static long sum(Iterable<Long> counts) {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }
}
