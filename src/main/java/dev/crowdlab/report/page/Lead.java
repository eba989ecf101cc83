package dev.crowdlab.report.page;

import dev.crowdlab.finding.Finding.Severity;
import dev.crowdlab.report.figures.AgreementFigures.Statistic;
import dev.crowdlab.report.figures.Rightness;
import dev.crowdlab.report.figures.StandingFigures.Newest;
import dev.crowdlab.report.words.Context;
import dev.crowdlab.report.words.Shown;
import java.util.Optional;

/** What the top of the page is about; its template has the sentences. */
public final class Lead {

    /** With fewer examples that several annotators labeled, agreement is chance. */
    public static final int FEWEST_EXAMPLES = 30;

    private Lead() {}

    /** How many of the published labels are right. */
    public static Rightness rightness(Context context) {
        return Rightness.of(
                context.figures().consensus(), context.figures().run().counts().examples());
    }

    /** On how many pairs annotators agree; empty: unknown. */
    public static Optional<Statistic> pairs(Context context) {
        return context.figures().agreement().defined("percent_agreement");
    }

    /** How many examples have labels of several annotators. */
    public static long overlapping(Context context) {
        return pairs(context)
                .map(Statistic::count)
                .orElse(context.figures().labels().overlapping());
    }

    /** The newest run, unless the page is about it. */
    public static Optional<Newest> later(Context context) {
        return context.figures()
                .standing()
                .newest()
                .filter(newest -> newest.runId() != context.figures().run().runId());
    }

    /** Why nothing was published. */
    public static Shown reason(Context context) {
        return Shown.of(
                context.figures().run().findings().stream()
                        .filter(finding -> finding.severity() == Severity.FAIL)
                        .map(finding -> context.words(finding).message())
                        .findFirst()
                        .orElse("No reason was recorded."),
                Shown.IN_MESSAGE);
    }

    /** What the newest run has come to, as the end of a sentence. */
    public static String outcome(Newest newest) {
        return switch (newest.status()) {
            case RUNNING -> "it has not ended";
            case PUBLISHED -> "it was published";
            case SKIPPED -> "it found nothing new";
            case REFUSED -> "it was refused";
            case FAILED -> "it failed";
        };
    }
}
