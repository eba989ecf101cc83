package dev.crowdlab.settings;

import java.time.LocalDate;

/**
 * Somebody knows of a finding, so that it need not warn again every night.
 *
 * @param until the last day on which it holds, in UTC
 * @param reason why, in a few words
 */
public record Acknowledgement(LocalDate until, String reason) {}
