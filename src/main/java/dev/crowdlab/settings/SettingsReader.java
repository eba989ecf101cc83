package dev.crowdlab.settings;

import dev.crowdlab.dataset.Period;
import dev.crowdlab.settings.section.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Converts settings as they are written to {@link Settings} and reports all problems at once. */
public final class SettingsReader {

    private final WrittenSettings written;
    private final Section program;

    private SettingsReader(WrittenSettings written) {
        this.written = written;
        this.program = written.program();
    }

    /**
     * Reads and checks the settings of a file such as {@code application.yml} after it was flattened.
     *
     * @param properties by full name, such as {@code crowdlab.datasets.d.classes[0]}; names that do not begin with
     *     {@code crowdlab.} are ignored
     * @throws InvalidSettingsException naming every invalid or unknown setting
     */
    public static Settings read(Map<String, String> properties) {
        Examined examined = examine(new PropertyBinder(properties, new ArrayList<>()).bind());
        if (!examined.problems().isEmpty()) {
            throw new InvalidSettingsException(examined.problems());
        }
        return examined.settings();
    }

    /** Checks the settings and collects their problems, behind those that were found while they were bound. */
    public static Examined examine(WrittenSettings written) {
        Settings settings = new SettingsReader(written).settings();
        return new Examined(settings, written.problems());
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

    private Settings settings() {
        Period periods = program.get(ProgramSetting.PERIODS);
        Map<String, DatasetSettings> datasets = datasets();
        datasets.replaceAll((name, dataset) -> dataset.withPeriods(periods));
        TelemetrySettingsReader telemetry = new TelemetrySettingsReader(program);
        return new Settings(
                datasets,
                source(),
                RetentionSettings.read(program),
                StandbySettings.read(program),
                new EmbeddedSettings(
                        program.get(ProgramSetting.EMBEDDED_DIRECTORY), program.get(ProgramSetting.EMBEDDED_PORT)),
                new EngineSettings(program.get(ProgramSetting.THREADS), program.get(ProgramSetting.BLOCK_ROWS)),
                program.get(ProgramSetting.RETRY),
                program.get(ProgramSetting.LOCK_TIMEOUT),
                periods,
                telemetry.webhook(),
                telemetry.metrics(),
                telemetry.lineage());
    }

    private Map<String, DatasetSettings> datasets() {
        Map<String, DatasetSettings> datasets = new TreeMap<>();
        written.datasets()
                .forEach((name, dataset) -> datasets.put(name, new DatasetSettingsReader(name, dataset).read()));
        written.templates().forEach(new TemplateExpansion(datasets, written.problems())::add);
        return datasets;
    }

    private Optional<SourceSettings> source() {
        if (!program.hasBeside(ProgramSetting.SOURCE_URL)) {
            return Optional.empty();
        }
        String url = program.text(ProgramSetting.SOURCE_URL);
        if (url != null && url.contains("${")) {
            return Optional.empty(); // reported with the other references
        }
        if (url == null || !url.startsWith("jdbc:postgresql:")) {
            program.problem(
                    ProgramSetting.SOURCE_URL,
                    (url == null ? "is missing" : "does not start with jdbc:postgresql:")
                            + "; give the JDBC URL of the database that holds the annotations");
            return Optional.empty();
        }
        return Optional.of(new SourceSettings(
                url, program.text(ProgramSetting.SOURCE_USERNAME), program.text(ProgramSetting.SOURCE_PASSWORD)));
    }
}
