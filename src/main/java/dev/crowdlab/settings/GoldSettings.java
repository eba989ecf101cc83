package dev.crowdlab.settings;

import org.jspecify.annotations.Nullable;

/**
 * Where the labels come from that are known to be right, and what they are for.
 *
 * @param query returns example_id and label; null: they are in {@link SourceTables#gold}
 * @param isUsed whether the consensus of these examples is fixed to them; otherwise the consensus is only measured against them
 */
public record GoldSettings(@Nullable String query, boolean isUsed) {}
