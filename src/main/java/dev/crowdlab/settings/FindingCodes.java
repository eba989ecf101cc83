package dev.crowdlab.settings;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The codes of findings, as settings may name them. */
public final class FindingCodes {

    /** Findings that send the reader to the examples with this reason in {@code review_queue}. */
    private static final String NOBODY_CHOSE_IT = "NOBODY_CHOSE_IT";

    private static final Set<String> CODES = Set.of(
            "AGREEMENT_MEASURES_DIFFER",
            "ANNOTATION_AFTER_AS_OF",
            "ANNOTATION_AGE",
            "ANNOTATORS_AT_FLOOR",
            "ANNOTATORS_WITHOUT_OVERLAP",
            "CHANGED_SHARE",
            "CLASSES_VANISHED",
            "CLASS_ORDER",
            "DAWID_SKENE_UNSETTLED",
            "ESTIMATED_ACCURACY",
            "FUTURE_AS_OF",
            "GOLD_ACCURACY",
            "GOLD_REJECTED",
            "HISTORY_ONLY",
            "LABELS_NOBODY_GAVE",
            "MEAN_ANNOTATIONS",
            "MEAN_QUALITY",
            "METHODS_DIFFER",
            "MIN_ANNOTATORS",
            "MIN_EXAMPLES",
            "MODELS_AT_FLOOR",
            "MODEL_ECHO",
            "NOTHING_LABELED",
            "NO_AGREEMENT",
            "NO_PREDICTIONS",
            "ONE_CLASS_ANNOTATORS",
            "OPPOSITE_LABELS",
            "PAIRS_LIMITED",
            "PARTLY_PREDICTED",
            "PREDICTED_SHARE",
            "QUALITY_DROP",
            "REJECTED_SHARE",
            "RENORMALIZED_PREDICTIONS",
            "RETENTION_BEHIND",
            "ROW_COUNTS",
            "SINGLE_ANNOTATION_ONLY",
            "TABLES_LOST",
            "TIES_BY_ANNOTATOR_ACCURACY",
            "TIES_BY_CLASS_FREQUENCY",
            "TIES_BY_CLASS_ORDER",
            "TIES_BY_MODEL",
            "TIES_BY_VOTES",
            "UNANIMITY_OVERRULED",
            "UNIFORM_PREDICTIONS",
            "VANISHED_SHARE");

    private FindingCodes() {}

    /** All codes. */
    public static Set<String> all() {
        return CODES;
    }

    /**
     * The codes that a word stands for: itself, however it is spelled, or those whose findings name it; empty: none.
     *
     * @param word such as {@code UNANIMITY_OVERRULED}, or {@code NOBODY_CHOSE_IT} for two of them
     */
    static List<String> named(String word) {
        String folded = KnownSettings.fold(word);
        if (folded.equals(KnownSettings.fold(NOBODY_CHOSE_IT))) {
            return List.of("LABELS_NOBODY_GAVE", "UNANIMITY_OVERRULED");
        }
        return CODES.stream()
                .filter(code -> KnownSettings.fold(code).equals(folded))
                .toList();
    }

    /** The code that a misspelled word may mean. */
    static Optional<String> nearest(String word) {
        Collection<String> known = new TreeSet<>(CODES);
        known.add(NOBODY_CHOSE_IT);
        return Spelling.nearest(word, known);
    }
}
