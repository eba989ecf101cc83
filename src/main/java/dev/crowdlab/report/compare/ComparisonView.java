package dev.crowdlab.report.compare;

import dev.crowdlab.report.page.ConsensusView;
import dev.crowdlab.report.page.Head;
import dev.crowdlab.report.page.PageView.Link;
import dev.crowdlab.report.picture.Tick;
import dev.crowdlab.report.words.Prose;
import dev.crowdlab.report.words.Shown;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The page of two runs.
 *
 * @param title of the window
 * @param style the style sheet
 * @param styleHash its hash, as the policy names it
 * @param navigation links to the sections
 * @param top the answer
 * @param sections what it comes from
 * @param remarks what to know of the file
 * @param command the command that makes the file again
 */
public record ComparisonView(
        String title,
        String style,
        String styleHash,
        List<Link> navigation,
        Top top,
        Sections sections,
        List<Prose> remarks,
        String command) {

    /**
     * The top of the page.
     *
     * @param names the dataset, or both
     * @param sides what each run is, the first and the second
     * @param lead the answer
     * @param notes what to know before believing it
     */
    public record Top(List<Shown> names, List<SideView> sides, Prose lead, List<Note> notes) {}

    /**
     * The sections.
     *
     * @param figures the figures of both
     * @param settings what was set differently
     * @param classes the shares of the classes
     * @param labels which labels differ
     * @param annotators who moved
     * @param models the models of both
     */
    public record Sections(
            SideBySide figures,
            Listed settings,
            SideBySide classes,
            LabelsView labels,
            SideBySide annotators,
            Listed models) {

        List<Head> heads() {
            return List.of(
                    figures.head(), settings.head(), classes.head(), labels.head(), annotators.head(), models.head());
        }
    }

    /** A run: its name, and what and when it is of. */
    public record SideView(String name, Shown what, String status, String pill, String when) {}

    /** What to know, and where to look. */
    public record Note(Prose text, String href, String link) {}

    /** A section that is one table of words. */
    public record Listed(Head head, ConsensusView.Table table) {}

    /**
     * A section that is a table of values with pictures.
     *
     * @param head its beginning
     * @param subject what a row is of
     * @param groups rows under headings
     * @param ticks of the scale of all pictures
     * @param caption how to read it
     */
    public record SideBySide(Head head, String subject, List<Group> groups, List<Tick> ticks, Prose caption) {}

    /** Rows under a heading; empty: without. */
    public record Group(String title, List<Row> rows) {}

    /** A thing in both runs. */
    public record Row(
            Prose name,
            Prose meaning,
            Cell first,
            Cell second,
            Cell difference,
            @Nullable Bar bar) {}

    /** A value, what stands below it, and whether it is the point. */
    public record Cell(String value, String note, boolean isClear) {}

    /** Both values on one scale; null: unknown there. */
    public record Bar(@Nullable Range first, @Nullable Range second) {}

    /** The places of a value and of the ends of its interval. */
    public record Range(String at, String from, String to) {}

    /**
     * Which labels differ.
     *
     * @param head its beginning
     * @param flows from which class to which
     * @param rows examples
     * @param caption how they were chosen
     * @param more the query for all of them; empty: there are none
     */
    public record LabelsView(Head head, ConsensusView.Table flows, List<Example> rows, Prose caption, String more) {}

    /** An example with both labels; without link or text where it has none. */
    public record Example(
            Shown id, String link, @Nullable Shown text, Shown from, String before, Shown to, String after) {}
}
