package dev.crowdlab.report.words;

import dev.crowdlab.text.Plural;
import java.util.Locale;
import java.util.Map;

/** Words for what the tables call by codes, and counts with their nouns. */
public final class Words {

    private static final Map<String, String> REJECTIONS = Map.ofEntries(
            Map.entry("MISSING_ID", "Missing id"),
            Map.entry("TOO_LONG", "Id or label too long"),
            Map.entry("MISSING_LABEL", "Missing label"),
            Map.entry("UNKNOWN_KIND", "Neither human nor machine"),
            Map.entry("CONFLICTING_KIND", "Annotator both human and machine"),
            Map.entry("UNKNOWN_LABEL", "Unknown label"),
            Map.entry("BAD_PROBABILITY", "Not a probability"),
            Map.entry("DUPLICATE_PREDICTION", "Predicted twice"),
            Map.entry("INCOMPLETE_PREDICTION", "Incomplete prediction"),
            Map.entry("PROBABILITY_SUM", "Probabilities that do not sum to 1"),
            Map.entry("CONFLICTING_ANNOTATION", "Two labels of one annotator"),
            Map.entry("SUPERSEDED_ANNOTATION", "Replaced by a later label"),
            Map.entry("ONLY_ABSTENTIONS", "Everybody abstained"),
            Map.entry("NO_PREDICTION", "No prediction for the example"),
            Map.entry("CONFLICTING_GOLD", "Two gold labels of one example"),
            Map.entry("NOT_ANNOTATED", "Gold of an example without labels"));

    private static final Map<String, String> STATISTICS = Map.of(
            "percent_agreement", "Percent agreement",
            "krippendorff_alpha", "Krippendorff’s alpha",
            "krippendorff_alpha_ordinal", "Alpha, ordinal",
            "krippendorff_alpha_interval", "Alpha, interval",
            "gwet_ac1", "Gwet’s AC1",
            "gwet_ac2", "Gwet’s AC2",
            "mean_cohen_kappa", "Cohen’s kappa",
            "mean_linear_kappa", "Kappa, linear weights",
            "mean_quadratic_kappa", "Kappa, quadratic weights",
            "fleiss_kappa", "Fleiss’ kappa");

    private static final Map<String, String> REASONS = Map.of(
            "TIE", "Tie",
            "NOBODY_CHOSE_IT", "Nobody chose it",
            "ANNOTATORS_DISAGREE", "Annotators disagree",
            "ONE_ANNOTATION", "One label only",
            "LOW_QUALITY", "Agreed, yet doubtful");

    private Words() {}

    /** Why a row was rejected. */
    public static String rejection(String code) {
        return REJECTIONS.getOrDefault(code, plain(code));
    }

    /** The same within a sentence. */
    public static String rejectionInSentence(String code) {
        String words = rejection(code);
        return words.substring(0, 1).toLowerCase(Locale.ROOT) + words.substring(1);
    }

    /** What a statistic of agreement is called. */
    public static String statistic(String code) {
        return STATISTICS.getOrDefault(code, plain(code));
    }

    /** Why to look again. */
    public static String reason(String code) {
        return REASONS.getOrDefault(code, plain(code));
    }

    /** A code that has no words of its own: {@code SOME_CODE} as "Some code". */
    private static String plain(String code) {
        String words = code.toLowerCase(Locale.ROOT).replace('_', ' ');
        return words.isEmpty() ? words : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    /** {@code 1 label}, {@code 15,311 labels}. */
    public static String count(long count, String one, String many) {
        return Numbers.count(count) + " " + Plural.word(count, one, many);
    }

    public static String labels(long count) {
        return count(count, "label", "labels");
    }

    public static String annotators(long count) {
        return count(count, "annotator", "annotators");
    }

    public static String examples(long count) {
        return count(count, "example", "examples");
    }

    /** One of two words, as the count asks. */
    public static String word(long count, String one, String many) {
        return Plural.word(count, one, many);
    }
}
