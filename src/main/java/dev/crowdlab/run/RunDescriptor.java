package dev.crowdlab.run;

import dev.crowdlab.settings.DatasetSettings;
import java.time.Instant;

/**
 * The identity of a run, fixed when it starts.
 *
 * @param runId its number
 * @param settings the dataset's settings
 * @param asOf the time that it describes
 * @param softwareVersion version of this program
 */
public record RunDescriptor(long runId, DatasetSettings settings, Instant asOf, String softwareVersion) {}
