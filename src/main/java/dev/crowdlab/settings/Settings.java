package dev.crowdlab.settings;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Everything under {@code crowdlab.} in the configuration, checked.
 *
 * @param datasets the configured datasets by name
 * @param source the database of the annotations; empty: the result database
 * @param retention how long results are kept
 * @param embedded the newcomer's database
 * @param engine how the work is cut up
 */
public record Settings(
        Map<String, DatasetSettings> datasets,
        Optional<SourceSettings> source,
        RetentionSettings retention,
        EmbeddedSettings embedded,
        EngineSettings engine) {

    public Settings {
        datasets = Collections.unmodifiableMap(new TreeMap<>(datasets));
    }
}
