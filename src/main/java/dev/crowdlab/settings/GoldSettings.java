package dev.crowdlab.settings;

import org.jspecify.annotations.Nullable;

/**
 * Where the labels come from that are known to be right, and what they are for.
 *
 * @param query returns example_id and label; null: they are in {@link SourceTables#gold}
 * @param isUsed whether the consensus of these examples is fixed to them; otherwise the consensus is only measured
 *     against them
 * @param isExpected whether a query without rows is a mistake; not where a labeling tool may know of such labels or not
 */
public record GoldSettings(@Nullable String query, boolean isUsed, boolean isExpected) {

    /** Reads the built-in table; the dataset's name is taken from the session's crowdlab.dataset. */
    private static final String BUILT_IN =
            "select example_id, label from crowdlab.gold where dataset = current_setting('crowdlab.dataset')";

    /** Labels of the built-in table. */
    static GoldSettings builtIn(boolean isUsed) {
        return new GoldSettings(BUILT_IN, isUsed);
    }

    /** Labels that are expected. */
    public GoldSettings(@Nullable String query, boolean isUsed) {
        this(query, isUsed, true);
    }
}
