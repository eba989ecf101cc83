package dev.crowdlab.settings;

/**
 * Where the labels come from that are known to be right, and what they are for.
 *
 * @param query returns example_id and label
 * @param isUsed whether the consensus of these examples is fixed to them; otherwise the consensus is only measured against them
 */
public record GoldSettings(String query, boolean isUsed) {}
