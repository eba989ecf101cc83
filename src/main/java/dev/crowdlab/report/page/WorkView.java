package dev.crowdlab.report.page;

import java.util.List;

/**
 * A plain list of work.
 *
 * @param head its beginning
 * @param columns headings
 * @param rows a cell per heading
 * @param more what is left out; empty: nothing
 * @param query how to get it
 * @param inPrint what is printed instead of the rows that print leaves out
 */
public record WorkView(
        Head head, List<Column> columns, List<List<Prose>> rows, Prose more, String query, String inPrint) {

    /** A heading, and whether numbers are below it. */
    public record Column(String title, boolean isNumber) {}
}
