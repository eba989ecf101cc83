package dev.crowdlab.settings;

import dev.crowdlab.dataset.Period;
import dev.crowdlab.settings.RawSettings.RawEmbedded;
import dev.crowdlab.settings.RawSettings.RawRetention;
import dev.crowdlab.settings.RawSettings.RawSource;
import dev.crowdlab.settings.RawSettings.RawStandby;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Converts raw settings to {@link Settings} and reports all problems at once. */
public final class SettingsReader {

    private final List<String> problems = new ArrayList<>();

    private SettingsReader() {}

    /**
     * Reads and checks the settings of a file such as {@code application.yml} after it was flattened.
     *
     * @param properties by full name, such as {@code crowdlab.datasets.d.classes[0]}; names that do not begin with
     *     {@code crowdlab.} are ignored
     * @throws InvalidSettingsException naming every invalid or unknown setting
     */
    public static Settings read(Map<String, String> properties) {
        List<String> problems = new ArrayList<>();
        Examined examined = examine(new PropertyBinder(properties, problems).bind());
        problems.addAll(examined.problems());
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
        return examined.settings();
    }

    /** Checks the settings and collects their problems. */
    public static Examined examine(RawSettings raw) {
        SettingsReader reader = new SettingsReader();
        return new Examined(reader.settings(raw), reader.problems);
    }

    /**
     * Settings and their problems.
     *
     * @param settings with defaults in place of invalid values
     * @param problems one sentence for each invalid setting
     */
    public record Examined(Settings settings, List<String> problems) {

        /** Lists are copied. */
        public Examined {
            problems = List.copyOf(problems);
        }
    }

    private Settings settings(RawSettings raw) {
        SettingParser values = new SettingParser("crowdlab", problems);
        Period periods = values.choice("periods", raw.periods(), Period.WEEK);
        Map<String, DatasetSettings> datasets = datasets(raw);
        datasets.replaceAll((name, dataset) -> dataset.withPeriods(periods));
        TelemetrySettingsReader telemetry = new TelemetrySettingsReader(problems);
        return new Settings(
                datasets,
                source(raw.source()),
                retention(raw.retention()),
                standby(raw.standby()),
                embedded(raw.embedded()),
                engine(raw),
                values.duration("retry", raw.retry(), Settings.DEFAULT_RETRY),
                values.duration("lock-timeout", raw.lockTimeout(), Settings.DEFAULT_LOCK_TIMEOUT),
                periods,
                telemetry.webhook(raw.webhook()),
                telemetry.metrics(raw.metrics()),
                telemetry.lineage(raw.openlineage()));
    }

    private Map<String, DatasetSettings> datasets(RawSettings raw) {
        Map<String, DatasetSettings> datasets = new TreeMap<>();
        if (raw.datasets() != null) {
            raw.datasets()
                    .forEach((name, dataset) ->
                            datasets.put(name, new DatasetSettingsReader(name, dataset, problems).read()));
        }
        if (raw.templates() != null) {
            new TreeMap<>(raw.templates()).forEach(new TemplateExpansion(datasets, problems)::add);
        }
        return datasets;
    }

    private Optional<SourceSettings> source(@Nullable RawSource raw) {
        if (raw == null) {
            return Optional.empty();
        }
        if (raw.url() != null && raw.url().contains("${")) {
            return Optional.empty(); // reported with the other references
        }
        if (raw.url() == null || !raw.url().startsWith("jdbc:postgresql:")) {
            problems.add("crowdlab.source.url: "
                    + (raw.url() == null ? "is missing" : "does not start with jdbc:postgresql:")
                    + "; give the JDBC URL of the database that holds the annotations");
            return Optional.empty();
        }
        return Optional.of(new SourceSettings(raw.url(), raw.username(), raw.password()));
    }

    private RetentionSettings retention(@Nullable RawRetention raw) {
        RetentionSettings defaults = RetentionSettings.DEFAULT;
        if (raw == null) {
            return defaults;
        }
        SettingParser values = new SettingParser("crowdlab.retention", problems);
        return new RetentionSettings(
                (int) values.integer("runs", raw.runs(), defaults.runs(), 1, RetentionSettings.MAX_RUNS),
                values.duration("max-age", raw.maxAge()),
                values.duration("grace", raw.grace(), defaults.grace()),
                values.duration("batch-metadata", raw.batchMetadata(), defaults.batchMetadata()),
                (int) values.integer(
                        "rejected-rows",
                        raw.rejectedRows(),
                        defaults.rejectedRows(),
                        1,
                        RetentionSettings.MAX_REJECTED_ROWS),
                values.duration("history", raw.history()));
    }

    private StandbySettings standby(@Nullable RawStandby raw) {
        StandbySettings defaults = StandbySettings.DEFAULT;
        if (raw == null) {
            return defaults;
        }
        SettingParser values = new SettingParser("crowdlab.standby", problems);
        return new StandbySettings(
                values.duration("replay", raw.replay(), defaults.replay()),
                values.duration("planning", raw.planning(), defaults.planning()));
    }

    private EmbeddedSettings embedded(@Nullable RawEmbedded raw) {
        EmbeddedSettings defaults = EmbeddedSettings.DEFAULT;
        if (raw == null) {
            return defaults;
        }
        SettingParser values = new SettingParser("crowdlab.embedded", problems);
        return new EmbeddedSettings(values.directory("directory", raw.directory(), defaults.directory()), (int)
                values.integer("port", raw.port(), defaults.port(), 1, 65_535));
    }

    private EngineSettings engine(RawSettings raw) {
        SettingParser values = new SettingParser("crowdlab", problems);
        int processors = Runtime.getRuntime().availableProcessors();
        return new EngineSettings((int) values.integer("threads", raw.threads(), processors, 1, 1_024), (int)
                values.integer("block-rows", raw.blockRows(), EngineSettings.DEFAULT_BLOCK_ROWS, 1, 1_000_000));
    }
}
