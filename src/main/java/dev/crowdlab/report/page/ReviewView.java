package dev.crowdlab.report.page;

import java.util.List;

/**
 * What to look at again.
 *
 * @param head its beginning
 * @param chips reasons with their numbers
 * @param lists the lists, one after another
 * @param hasModel whether the models' labels are known
 * @param more how to get all
 * @param query the query for that
 */
public record ReviewView(
        Head head, List<Chip> chips, List<WorkList> lists, boolean hasModel, Prose more, String query) {

    /** A reason and how many examples it has. */
    public record Chip(String text, String count) {}

    /** A list with its heading; empty: the first. */
    public record WorkList(String title, List<Row> rows, String inPrint) {}

    /** An example: place in its list, id, consensus, quality, votes, what the models say, why it is here. */
    public record Row(
            int number, Shown example, Shown consensus, String quality, List<Vote> votes, Prose model, String why) {}

    /** Those who gave a label: a square each, and whether there are more than squares. */
    public record Vote(
            boolean isConsensus, List<String> squares, boolean hasMore, Shown label, String count, Prose names) {}
}
