package dev.crowdlab.job;

import dev.crowdlab.settings.DatasetSettings;
import dev.crowdlab.source.InputColumns;

/**
 * A dataset whose settings and queries have been found usable.
 *
 * @param settings the settings
 * @param columns the statements that read its input
 */
public record DatasetPlan(DatasetSettings settings, InputColumns columns) {}
