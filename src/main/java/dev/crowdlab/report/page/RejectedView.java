package dev.crowdlab.report.page;

import dev.crowdlab.report.words.Prose;
import java.util.List;

/** Rows that could not be used: the beginning, groups of them, and how to get the rest. */
public record RejectedView(Head head, List<Row> rows, Prose more, String query) {

    /** A group: its reason in words and as a code, how many, one of them, and what is wrong with it. */
    public record Row(String reason, String code, String count, Prose instance, Prose wrong) {}
}
