package dev.crowdlab.dataset;

import dev.crowdlab.dataset.id.IdDictionary;
import dev.crowdlab.dataset.rejection.InputKind;
import dev.crowdlab.dataset.rejection.LabelHints;
import dev.crowdlab.dataset.rejection.RejectedRowDraft;
import dev.crowdlab.dataset.rejection.RejectionReason;
import dev.crowdlab.engine.pass.NotThreadSafe;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * The gold label of each example that has one: rows whose label is a class and that agree with each other. Identical
 * rows of an example count once; where they differ, all of them are rejected.
 */
@NotThreadSafe
final class AcceptedGold {

    private static final String CONFLICT = "the example has more than one gold label";
    private static final String NOT_ANNOTATED = "the example has no annotation that could be analyzed";

    private static final int CONFLICTING = -2;

    private final GoldRows rows;
    private final Classes classes;
    /** By gold example as it arrived, its arrival index among the annotations, or {@link IdDictionary#ABSENT}. */
    private final int[] annotated;
    /**
     * By gold example as it arrived: its class, {@link GoldLabels#UNKNOWN} where no row has one, or {@link
     * #CONFLICTING}.
     */
    private final int[] classOf;

    /**
     * Resolves the rows, except for those of examples that are not analyzed.
     *
     * @param annotated [gold examples] where the annotations have the example
     */
    AcceptedGold(GoldRows rows, Classes classes, int[] annotated) {
        this.rows = rows;
        this.classes = classes;
        this.annotated = annotated;
        classOf = new int[rows.examples.size()];
        Arrays.fill(classOf, GoldLabels.UNKNOWN);
        LabelHints hints = new LabelHints(classes.ids());
        for (int row = 0; row < rows.example.size(); row++) {
            int label = classes.ofGoldLabel(rows.label.get(row));
            int example = rows.example.get(row);
            if (label == Classes.UNKNOWN) {
                String text = rows.labels.text(rows.label.get(row));
                reject(row, RejectionReason.UNKNOWN_LABEL, () -> hints.sentence(text));
            } else if (classOf[example] == GoldLabels.UNKNOWN) {
                classOf[example] = label;
            } else if (classOf[example] != label) {
                classOf[example] = CONFLICTING;
            }
        }
    }

    /**
     * Returns the gold labels of the analyzed examples, and rejects the others.
     *
     * @param arrivals [analyzed examples] their arrival indices among the annotations
     * @param arrivalCount how many examples have arrived there
     */
    GoldLabels of(int[] arrivals, int arrivalCount) {
        if (!rows.isConfigured()) {
            return GoldLabels.NONE;
        }
        int[] analyzed = new int[arrivalCount];
        Arrays.fill(analyzed, IdDictionary.ABSENT);
        for (int example = 0; example < arrivals.length; example++) {
            analyzed[arrivals[example]] = example;
        }
        int[] gold = new int[arrivals.length];
        Arrays.fill(gold, GoldLabels.UNKNOWN);
        for (int row = 0; row < rows.example.size(); row++) {
            int example = rows.example.get(row);
            int place = annotated[example] == IdDictionary.ABSENT ? IdDictionary.ABSENT : analyzed[annotated[example]];
            if (classes.ofGoldLabel(rows.label.get(row)) == Classes.UNKNOWN) {
                continue; // rejected before
            }
            if (classOf[example] == CONFLICTING) {
                reject(row, RejectionReason.CONFLICTING_GOLD, () -> CONFLICT);
            } else if (place == IdDictionary.ABSENT) {
                reject(row, RejectionReason.NOT_ANNOTATED, () -> NOT_ANNOTATED);
            } else {
                gold[place] = classOf[example];
            }
        }
        return new GoldLabels(gold);
    }

    private void reject(int row, RejectionReason reason, Supplier<String> detail) {
        RejectedRowDraft draft = rows.rejected
                .draft(InputKind.GOLD, reason)
                .exampleId(rows.examples, rows.example.get(row))
                .label(rows.labels, rows.label.get(row));
        rows.rejected.add(draft, detail);
    }
}
