package dev.crowdlab.run;

import dev.crowdlab.dataset.DatasetNames;
import dev.crowdlab.dataset.DatasetTotals;
import dev.crowdlab.dataset.ModelCounts;
import dev.crowdlab.dataset.rejection.InputKind;
import dev.crowdlab.dataset.rejection.RejectedRows;
import dev.crowdlab.dataset.rejection.RejectionReason;
import dev.crowdlab.run.InputShare.Cause;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts what was rejected of each source, in the units of that source. */
final class InputShares {

    private final DatasetTotals totals;
    private final RejectedRows rejected;

    InputShares(DatasetTotals totals) {
        this.totals = totals;
        rejected = totals.rejected();
    }

    /** Every model, all predictions if some are of no model or example, then the annotations: causes come first. */
    List<InputShare> of(DatasetNames names) {
        List<InputShare> shares = new ArrayList<>();
        ModelCounts models = totals.modelCounts();
        Map<RejectionReason, Long> all = new EnumMap<>(RejectionReason.class);
        long given = 0;
        for (int model = 0; model < models.modelCount(); model++) {
            shares.add(ofModel(models, model, names.models().text(model)));
            given += models.given(model);
            models.rejected(model).forEach((reason, count) -> all.merge(reason, count, Long::sum));
        }
        long stray = models.strayPredictions();
        if (stray > 0) {
            boolean isMissing = rejected.count(InputKind.PREDICTION, RejectionReason.MISSING_ID) > 0;
            all.merge(isMissing ? RejectionReason.MISSING_ID : RejectionReason.TOO_LONG, stray, Long::sum);
            List<Cause> causes = new ArrayList<>();
            all.forEach((reason, count) -> causes.add(new Cause(
                    reason,
                    count,
                    rejected.described(InputKind.PREDICTION, reason).orElse(""))));
            shares.add(InputShare.ofAllModels(given + stray, causes));
        }
        shares.add(annotations());
        return shares;
    }

    private InputShare ofModel(ModelCounts models, int model, String name) {
        String of = " of model '" + name + "'";
        List<Cause> causes = new ArrayList<>();
        models.rejected(model)
                .forEach((reason, count) -> causes.add(new Cause(
                        reason, count, rejected.described(reason, name).orElse(""))));
        return new InputShare("prediction" + of, "predictions" + of, models.given(model), causes);
    }

    private InputShare annotations() {
        return InputShare.ofAnnotations(totals.counts().annotationRows(), causes(InputKind.ANNOTATION))
                .without(RejectionReason.SUPERSEDED_ANNOTATION)
                .without(RejectionReason.ONLY_ABSTENTIONS);
    }

    InputShare gold() {
        return InputShare.ofGold(totals.counts().goldRows(), causes(InputKind.GOLD));
    }

    private List<Cause> causes(InputKind source) {
        return rejected.counts().stream()
                .filter(count -> count.source() == source)
                .map(count -> new Cause(count.reason(), count.rowCount(), described(source, count.reason())))
                .toList();
    }

    private String described(InputKind source, RejectionReason reason) {
        return rejected.described(source, reason).orElse("") + ids(source, reason);
    }

    /** Ids of annotations without a prediction and the other way round, which may have different forms; one of gold. */
    private String ids(InputKind source, RejectionReason reason) {
        if (source == InputKind.GOLD) {
            return rejected.first(source, reason)
                    .map(row -> ", such as of '" + row.exampleId() + "'")
                    .orElse("");
        }
        return reason != RejectionReason.NO_PREDICTION
                ? ""
                : rejected.first(source, reason)
                                .map(row -> ", such as '" + row.exampleId() + "'")
                                .orElse("")
                        + totals.firstUnlabeled()
                                .map(other ->
                                        ", while there are predictions without annotations, such as of '" + other + "'")
                                .orElse("");
    }
}
