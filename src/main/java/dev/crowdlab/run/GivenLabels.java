package dev.crowdlab.run;

import dev.crowdlab.dataset.DatasetNames;
import dev.crowdlab.dataset.DatasetTotals;
import java.util.HashMap;
import java.util.Map;

/**
 * Which labels the annotations have.
 *
 * @param accepted how many annotations were analyzed, by class; classes without any are left out
 * @param unknown how many were rejected because their label is not among the classes, by label; the first 1,000 labels
 *     in code-point order
 */
public record GivenLabels(Map<String, Long> accepted, Map<String, Long> unknown) {

    /** There are no annotations. */
    public static final GivenLabels NONE = new GivenLabels(Map.of(), Map.of());

    /** Maps are copied. */
    public GivenLabels {
        accepted = Map.copyOf(accepted);
        unknown = Map.copyOf(unknown);
    }

    static GivenLabels of(DatasetNames names, DatasetTotals totals) {
        Map<String, Long> accepted = new HashMap<>();
        for (int label = 0; label < names.classes().size(); label++) {
            if (totals.labelCount(label) > 0) {
                accepted.put(names.classes().text(label), totals.labelCount(label));
            }
        }
        return new GivenLabels(accepted, totals.rejected().unknownLabels());
    }
}
