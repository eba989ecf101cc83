package dev.crowdlab.checks;

import dev.crowdlab.finding.Finding;
import dev.crowdlab.finding.Finding.Severity;
import dev.crowdlab.finding.FindingCode;
import dev.crowdlab.finding.Wording;
import dev.crowdlab.run.AgreementMetrics;
import dev.crowdlab.run.AgreementMetrics.Opposite;
import dev.crowdlab.run.OneClassAnnotator;
import dev.crowdlab.text.Plural;
import java.util.List;
import java.util.Locale;

/** Reports what is odd about how far annotators agree with each other. */
final class AgreementFindings {

    /** From this difference on alpha and AC1 tell different stories. */
    static final double FAR_APART = 0.1;

    /** From this share of the labels on a class is called dominant. */
    private static final double DOMINANT = 0.5;

    private static final int NAMED_ANNOTATORS = 5;

    private AgreementFindings() {}

    static List<Finding> of(AgreementMetrics agreement, long annotationCount) {
        FindingList found = new FindingList();
        addDifference(agreement, found);
        addOneClass(agreement.oneClass(), annotationCount, found);
        addOpposites(agreement.opposites(), found);
        if (agreement.isLimited()) {
            found.info(
                    FindingCode.PAIRS_LIMITED,
                    "Only the " + agreement.comparedCount()
                            + " annotators with the most labels were compared in pairs; annotator_pair has no others.",
                    agreement.comparedCount());
        }
        return found.findings();
    }

    private static void addDifference(AgreementMetrics agreement, FindingList found) {
        double difference = Math.abs(agreement.alpha() - agreement.ac1());
        if (difference >= FAR_APART) {
            String reason = agreement.commonShare() >= DOMINANT
                    ? String.format(
                            Locale.ROOT,
                            "%.1f %% of the labels are '%s', so alpha attributes most agreement to chance and AC1 does not;"
                                    + " look at the confusion of the other classes.",
                            100 * agreement.commonShare(),
                            agreement.commonClass())
                    : "They define chance differently; look at the confusion of the classes.";
            found.add(
                    FindingCode.AGREEMENT_MEASURES_DIFFER,
                    Severity.INFO,
                    Wording.of(String.format(
                                    Locale.ROOT,
                                    "Krippendorff's alpha is %.3f and Gwet's AC1 %.3f.",
                                    agreement.alpha(),
                                    agreement.ac1()))
                            .text(" " + reason),
                    difference,
                    FAR_APART);
        }
    }

    private static void addOneClass(List<OneClassAnnotator> annotators, long annotationCount, FindingList found) {
        if (annotators.isEmpty()) {
            return;
        }
        Wording words = Wording.of(Plural.of(annotators.size(), "annotator gives", "annotators give")
                        + " one class nearly always:")
                .text(" ");
        for (OneClassAnnotator annotator : annotators.subList(0, Math.min(NAMED_ANNOTATORS, annotators.size()))) {
            words = (annotator.equals(annotators.get(0)) ? words : words.text(", "))
                    .annotator(annotator.annotator())
                    .text(sentence(annotator));
        }
        long labels =
                annotators.stream().mapToLong(OneClassAnnotator::labelCount).sum();
        found.warn(
                FindingCode.ONE_CLASS_ANNOTATORS,
                words.text((annotators.size() > NAMED_ANNOTATORS ? ", …" : "")
                        + String.format(
                                Locale.ROOT,
                                "; %.1f %% of all labels are from %s. Ask when they would give another class.",
                                100.0 * labels / annotationCount,
                                Plural.word(annotators.size(), "this annotator", "them"))),
                annotators.size());
    }

    private static String sentence(OneClassAnnotator annotator) {
        return String.format(
                Locale.ROOT,
                " (\"%s\" in %.1f %% of %d labels, the consensus in %.1f %%)",
                annotator.label(),
                100 * annotator.givenShare(),
                annotator.labelCount(),
                100 * annotator.consensusShare());
    }

    private static void addOpposites(List<Opposite> opposites, FindingList found) {
        if (opposites.isEmpty()) {
            return;
        }
        Wording words = Wording.of(
                        Plural.of(opposites.size(), "annotator seems", "annotators seem") + " to give opposite labels:")
                .text(" ");
        for (Opposite opposite : opposites.subList(0, Math.min(NAMED_ANNOTATORS, opposites.size()))) {
            words = (opposite.equals(opposites.get(0)) ? words : words.text(", "))
                    .annotator(opposite.annotator())
                    .text(" (agrees with ")
                    .annotator(opposite.partner())
                    .text(sentence(opposite));
        }
        found.warn(
                FindingCode.OPPOSITE_LABELS,
                words.text((opposites.size() > NAMED_ANNOTATORS ? ", …" : "")
                        + "; ask what they understand the classes to mean."),
                opposites.size());
    }

    private static String sentence(Opposite annotator) {
        return String.format(
                Locale.ROOT,
                " on %.1f %% of %d common examples, where guessing would on %.1f %%)",
                100 * annotator.agreement(),
                annotator.commonCount(),
                100 * annotator.chance());
    }
}
