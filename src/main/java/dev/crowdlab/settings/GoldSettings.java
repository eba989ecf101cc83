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

    /** Labels that are expected. */
    public GoldSettings(@Nullable String query, boolean isUsed) {
        this(query, isUsed, true);
    }
}
