package dev.crowdlab.report.overview;

import dev.crowdlab.report.picture.Sparkline;
import dev.crowdlab.report.words.Prose;
import dev.crowdlab.report.words.Shown;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The page over all datasets.
 *
 * @param style the style sheet
 * @param styleHash its hash, as the policy names it
 * @param line what the page is
 * @param lead the point in a sentence or two
 * @param figures some figures of all datasets
 * @param groups the datasets; empty: there is none
 * @param remarks what to know about the page
 * @param command what makes it again
 */
public record OverviewView(
        String style,
        String styleHash,
        String line,
        Prose lead,
        List<Figure> figures,
        List<Group> groups,
        List<Prose> remarks,
        String command) {

    /** A figure of all datasets. */
    public record Figure(String name, String value, String note) {}

    /** Datasets that stand alike. */
    public record Group(String id, String name, String count, List<Row> rows) {}

    /**
     * A dataset.
     *
     * @param id where links to it lead
     * @param name its name
     * @param href its report; empty: there is none
     * @param night how its last run ended
     * @param data what is in use
     * @param right how many labels are right
     * @param agreement how much annotators agree
     * @param labels how many there are
     * @param drift how many annotators drift
     * @param needs what needs a person
     */
    public record Row(
            String id,
            Shown name,
            String href,
            Night night,
            Value data,
            Value right,
            Value agreement,
            Value labels,
            Value drift,
            List<Need> needs) {}

    /**
     * How the last run ended.
     *
     * @param pill class of the status
     * @param status its word
     * @param href the report about it; empty: there is none
     * @param when it began
     */
    public record Night(String pill, String status, String href, String when) {}

    /** A value, what to know about it, and how it developed. */
    public record Value(String value, String note, @Nullable Sparkline spark) {

        /** Nothing is known. */
        static final Value NONE = new Value("", "", null);
    }

    /**
     * Something that needs a person.
     *
     * @param isWarning whether it is more than a hint at more
     * @param text what it is
     */
    public record Need(boolean isWarning, Prose text) {}
}
