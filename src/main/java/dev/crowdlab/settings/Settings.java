package dev.crowdlab.settings;

import dev.crowdlab.dataset.Period;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All checked settings under {@code crowdlab.}.
 *
 * @param datasets the configured datasets by name
 * @param source the database of the annotations; empty: the result database
 * @param retention how long results are kept
 * @param standby how long a publication waits for standbys
 * @param embedded the embedded database for newcomers
 * @param engine how the work is divided
 * @param retry how long to retry when the database is lost; zero: no retries
 * @param lockTimeout how long to wait for a lock on a table that a dataset reads; zero: without limit
 * @param periods how long the periods are by which annotators are looked at
 * @param webhook receives how a call ended; empty if not configured
 * @param metrics where metrics of a call go
 * @param lineage receives what each run reads and writes; empty if not configured
 */
// more components: one for each group of settings
public record Settings(
        Map<String, DatasetSettings> datasets,
        Optional<SourceSettings> source,
        RetentionSettings retention,
        StandbySettings standby,
        EmbeddedSettings embedded,
        EngineSettings engine,
        Duration retry,
        Duration lockTimeout,
        Period periods,
        Optional<WebhookSettings> webhook,
        MetricsSettings metrics,
        Optional<LineageSettings> lineage) {

    public Settings {
        datasets = Collections.unmodifiableMap(new TreeMap<>(datasets));
    }
}
