package dev.crowdlab.report.machine;

import dev.crowdlab.report.picture.Tick;
import dev.crowdlab.report.words.Prose;
import dev.crowdlab.report.words.Shown;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What machines are worth, and what gold did to the labels.
 *
 * @param title of the section
 * @param saying its first sentences
 * @param isNone whether there is nothing to show
 * @param ticks of the bars
 * @param rows a row for each machine
 * @param more which machines are left out; empty: none
 * @param errors who errs with whom; null: there are no two machines to compare
 * @param remarks how to read the table
 * @param gold what gold did; null: nothing was asked of it
 */
public record MachineView(
        String title,
        Prose saying,
        boolean isNone,
        List<Tick> ticks,
        List<Row> rows,
        Prose more,
        @Nullable Errors errors,
        List<Prose> remarks,
        @Nullable Gold gold) {

    /**
     * A machine.
     *
     * @param id its name
     * @param family words about its family and its labels
     * @param value its share of right labels
     * @param interval of it
     * @param bar its picture; null: nothing is known
     * @param verdict whether it may replace a person
     * @param reason the figures behind the verdict
     */
    public record Row(
            Shown id,
            String family,
            String value,
            String interval,
            @Nullable Bar bar,
            String verdict,
            String reason) {}

    /** A bar of 300 × 34 pixels: the places of a value and its interval. */
    public record Bar(String value, String from, String to) {}

    /** The matrix of shared errors: its headings, its rows, and how to read it. */
    public record Errors(List<Shown> heads, List<ErrorRow> rows, List<Prose> reading) {}

    /** A row of the matrix. */
    public record ErrorRow(Shown head, List<Cell> cells) {}

    /** A cell: its class, its text, and what it says in words. */
    public record Cell(String kind, String text, String title) {}

    /** What gold did, and its largest weights. */
    public record Gold(Prose saying, List<Weight> weights, List<Prose> remarks) {}

    /** A weight: what it is of, its value, the width of its bar, and whether it is below 0. */
    public record Weight(Prose feature, String value, String width, boolean isNegative) {}
}
