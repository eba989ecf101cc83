package dev.crowdlab.init;

import java.util.List;

/**
 * What is in the database, and why no dataset is proposed for it.
 *
 * @param name of a table or project
 * @param reason such as {@code no column looks like an annotator}
 */
public record LeftOut(String name, String reason) {

    private static final int MAX = 20;

    /** Adds a comment with a line for each of them, the first ones of many. */
    static void add(FileLines file, String what, List<LeftOut> all) {
        if (all.isEmpty()) {
            return;
        }
        file.blank();
        file.comment(what + " are left out:");
        all.stream().limit(MAX).forEach(one -> file.comment("  " + one.name() + ": " + one.reason()));
        if (all.size() > MAX) {
            file.comment("  and " + (all.size() - MAX) + " more");
        }
    }
}
