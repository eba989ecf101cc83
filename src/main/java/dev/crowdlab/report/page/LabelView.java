package dev.crowdlab.report.page;

import dev.crowdlab.report.picture.Tick;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The consensus labels as a whole.
 *
 * @param head its beginning
 * @param quality their quality; null: the rows are gone
 * @param annotations examples by number of labels; null: the rows are gone
 */
public record LabelView(
        Head head, @Nullable Picture quality, @Nullable Picture annotations) {

    /**
     * Columns on 400 × 220 pixels.
     *
     * @param title what it shows
     * @param description its finding
     * @param columns the columns
     * @param across ticks below
     * @param up ticks at the left; empty: each column has its number
     * @param below words over the columns below the threshold; empty: no threshold
     * @param above words over the others
     * @param threshold its place
     * @param axis words of the axis
     */
    public record Picture(
            String title,
            String description,
            List<Column> columns,
            List<Tick> across,
            List<Tick> up,
            String below,
            String above,
            String threshold,
            String axis) {}

    /** A column: kind, place, size, number, and place of the number. */
    public record Column(
            String kind, String x, String y, String width, String height, String text, String textX, String textY) {}
}
