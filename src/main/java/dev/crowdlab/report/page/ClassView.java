package dev.crowdlab.report.page;

import dev.crowdlab.report.words.Prose;
import dev.crowdlab.report.words.Shown;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which classes are confused.
 *
 * @param head its beginning
 * @param matrix consensus against given; null: none
 * @param mixUps the most frequent mix-ups
 * @param isWide whether the matrix, or the list where there is none, takes the whole width
 * @param details mix-ups of those clearly below the middle
 * @param detailsTitle their heading
 * @param data what the picker shows, as JSON; null: no picker
 */
public record ClassView(
        Head head,
        @Nullable Matrix matrix,
        List<MixUp> mixUps,
        boolean isWide,
        List<Detail> details,
        String detailsTitle,
        @Nullable String data) {

    /** Headings, whether those of the columns stand upright, rows, and how to read them. */
    public record Matrix(List<Shown> heads, boolean areHeadsUpright, List<Row> rows, Prose caption) {}

    /** A row: its class, its cells, and all its labels. */
    public record Row(Shown head, List<Cell> cells, String total) {}

    /** A cell: its class, percent of the row, number of labels. */
    public record Cell(String kind, String percent, String count) {}

    /** A mix-up: given for consensus, labels, share of the row, width of its bar. */
    public record MixUp(Shown given, Shown consensus, String labels, String ofRow, String width) {}

    /** An annotator's mix-ups. */
    public record Detail(Shown annotator, String note, List<Prose> mixUps) {}
}
