package dev.crowdlab.report.page;

import dev.crowdlab.report.picture.Sparkline;
import dev.crowdlab.report.words.Prose;
import dev.crowdlab.report.words.Shown;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The top of the page.
 *
 * @param trail links to pages beside it; empty: it stands alone
 * @param pill class of the status
 * @param status its word
 * @param line what the page is
 * @param name the dataset
 * @param findings what stands out
 * @param note what the figures are of; empty: of the published run
 * @param figures the five figures
 * @param quality what quality means
 * @param since what changed
 */
public record HeaderView(
        Prose trail,
        String pill,
        String status,
        String line,
        Shown name,
        List<FindingView> findings,
        Prose note,
        List<KeyFigure> figures,
        String quality,
        Prose since) {

    /** Something that stands out: a warning or a note, and where to look. */
    public record FindingView(boolean isWarning, Prose text, String href, String link) {}

    /** A figure with what it is, what to know about it, and how it developed. */
    public record KeyFigure(
            String name, String value, Prose note, @Nullable Sparkline spark) {}
}
