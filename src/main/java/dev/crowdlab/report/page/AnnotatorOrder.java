package dev.crowdlab.report.page;

import dev.crowdlab.report.figures.AnnotatorFigures;
import dev.crowdlab.report.figures.AnnotatorFigures.Group;
import dev.crowdlab.report.figures.AnnotatorFigures.Row;
import dev.crowdlab.report.words.NaturalOrder;
import java.util.Comparator;
import java.util.List;

/** The order of annotators within their groups: first those with whom a talk would help most. */
final class AnnotatorOrder {

    private AnnotatorOrder() {}

    /** The rows of a group. */
    static List<Row> of(Group group, AnnotatorFigures annotators) {
        Comparator<Row> order =
                switch (group) {
                    case BELOW -> Comparator.comparingDouble((Row row) -> -effect(row, annotators));
                    case DRIFTING, ONE_CLASS -> Comparator.comparingLong((Row row) -> -row.labels());
                    case ABOVE ->
                        Comparator.comparingDouble((Row row) -> -row.quality().lower());
                    case IN_LINE, FEW -> Comparator.comparingDouble(AnnotatorOrder::upperEnd);
                };
        return annotators.rows().stream()
                .filter(row -> row.group() == group)
                .sorted(order.thenComparing(Row::id, NaturalOrder.comparator()))
                .toList();
    }

    /** How far the interval that decides lies below the middle, times labels. */
    static double effect(Row row, AnnotatorFigures annotators) {
        return row.labels()
                * (annotators.isByGold(row)
                        ? annotators.goldMiddle() - row.gold().accuracy().upper()
                        : annotators.middle() - row.quality().upper());
    }

    /** Those without a score last. */
    private static double upperEnd(Row row) {
        return Double.isNaN(row.quality().value())
                ? Double.MAX_VALUE
                : row.quality().upper();
    }
}
