package dev.crowdlab.settings;

import dev.crowdlab.settings.RawSettings.RawEmbedded;
import dev.crowdlab.settings.RawSettings.RawRetention;
import dev.crowdlab.settings.RawSettings.RawSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.util.PlaceholderResolutionException;

/** Reads {@link Settings} from Spring's environment and names every problem in one go. */
public final class SettingsReader {

    private static final Pattern CLASS_KEY = Pattern.compile("crowdlab\\.datasets\\.[^.]+\\.classes\\[\\d+]");

    private final ConfigurableEnvironment environment;
    private final List<String> problems = new ArrayList<>();

    private SettingsReader(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    /**
     * Reads and checks the settings.
     *
     * @throws InvalidSettingsException naming every setting that cannot be used
     */
    public static Settings read(ConfigurableEnvironment environment) {
        Examined examined = examine(environment);
        if (!examined.problems().isEmpty()) {
            throw new InvalidSettingsException(examined.problems());
        }
        return examined.settings();
    }

    /** Reads the settings and tells what is wrong with them. */
    public static Examined examine(ConfigurableEnvironment environment) {
        SettingsReader reader = new SettingsReader(environment);
        Settings settings = reader.read();
        SettingOrigins origins = new SettingOrigins(environment);
        return new Examined(
                settings, reader.problems.stream().map(origins::locate).toList());
    }

    /**
     * Settings and what is wrong with them.
     *
     * @param settings defaults in place of what cannot be used
     * @param problems one sentence for each setting that cannot be used
     */
    public record Examined(Settings settings, List<String> problems) {}

    private Settings read() {
        DatasetNames names = new DatasetNames(environment);
        problems.addAll(names.problems());
        problems.addAll(new MisspelledSettings(environment).problems());
        refuseUnquotedClasses();
        YamlSpelling.check(environment, problems);
        Placeholders.check(environment, problems);
        RawSettings raw = bind();
        Map<String, DatasetSettings> datasets = new TreeMap<>();
        if (raw.datasets() != null) {
            raw.datasets().forEach((name, dataset) -> {
                if (!names.isOnlyAnEcho(name)) {
                    datasets.put(name, new DatasetSettingsReader(name, dataset, problems).read());
                }
            });
        }
        SettingParser values = new SettingParser("crowdlab", problems);
        return new Settings(
                datasets,
                source(raw.source()),
                retention(raw.retention()),
                embedded(raw.embedded()),
                engine(raw),
                values.duration("retry", raw.retry(), Settings.DEFAULT_RETRY),
                values.duration("lock-timeout", raw.lockTimeout(), Settings.DEFAULT_LOCK_TIMEOUT));
    }

    /** What cannot be bound at all is told and left out. */
    private RawSettings bind() {
        Bindable<RawSettings> settings = Bindable.of(RawSettings.class);
        try {
            return Binder.get(environment).bindOrCreate("crowdlab", settings);
        } catch (BindException e) {
            problems.add(e.getName() + ": " + sentence(e.getName().toString()));
            return new Binder().bindOrCreate("crowdlab", settings);
        }
    }

    private String sentence(String setting) {
        try {
            String value = environment.getProperty(setting, "");
            return value.isEmpty()
                    ? "is empty; put settings below it or remove it"
                    : "'" + value + "' cannot be used here; see the settings in configuration.md";
        } catch (PlaceholderResolutionException unresolved) {
            return "refers to ${" + unresolved.getPlaceholder() + "}, which is not set; set it in the environment";
        }
    }

    /**
     * YAML reads {@code [yes, no]} as booleans and {@code 1.10} as a number, which would silently become the labels "true",
     * "false" and "1.1".
     */
    private void refuseUnquotedClasses() {
        for (PropertySource<?> source : environment.getPropertySources()) {
            if (source instanceof EnumerablePropertySource<?> enumerable) {
                for (String name : enumerable.getPropertyNames()) {
                    if (CLASS_KEY.matcher(name).matches()) {
                        refuseUnquotedClass(name, enumerable.getProperty(name));
                    }
                }
            }
        }
    }

    private void refuseUnquotedClass(String name, @Nullable Object value) {
        if (value instanceof Boolean) {
            problems.add(name + ": YAML reads this class as the boolean " + value
                    + "; quote yes/no/true/false to have them as labels");
        } else if (value instanceof Double) {
            problems.add(name + ": YAML reads this class as the number " + value + "; quote it to keep its spelling");
        }
    }

    private Optional<SourceSettings> source(@Nullable RawSource raw) {
        if (raw == null) {
            return Optional.empty();
        }
        if (raw.url() != null && raw.url().contains("${")) {
            return Optional.empty(); // told with the other references
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
                (int) values.integer("runs", raw.runs(), defaults.runs(), 1, RetentionSettings.MOST_RUNS),
                values.duration("max-age", raw.maxAge()),
                values.duration("grace", raw.grace(), defaults.grace()),
                values.duration("batch-metadata", raw.batchMetadata(), defaults.batchMetadata()),
                (int) values.integer(
                        "rejected-rows",
                        raw.rejectedRows(),
                        defaults.rejectedRows(),
                        1,
                        RetentionSettings.MOST_REJECTED_ROWS),
                values.duration("history", raw.history()));
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
