package dev.crowdlab.configuration;

import dev.crowdlab.settings.InvalidSettingsException;
import dev.crowdlab.settings.RawSettings;
import dev.crowdlab.settings.RawSettings.RawDataset;
import dev.crowdlab.settings.RawSettings.RawTemplate;
import dev.crowdlab.settings.Settings;
import dev.crowdlab.settings.SettingsReader;
import dev.crowdlab.settings.SettingsReader.Examined;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.util.PlaceholderResolutionException;

/** Reads {@link Settings} from Spring's environment and names every problem in one go. */
public final class ConfigurationReader {

    private static final Pattern CLASS_KEY = Pattern.compile("crowdlab\\.datasets\\.[^.]+\\.classes\\[\\d+]");

    private final ConfigurableEnvironment environment;
    private final List<String> problems = new ArrayList<>();

    private ConfigurationReader(ConfigurableEnvironment environment) {
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

    /** Reads the settings and reports what is wrong with them. */
    public static Examined examine(ConfigurableEnvironment environment) {
        ConfigurationReader reader = new ConfigurationReader(environment);
        Examined examined = SettingsReader.examine(reader.read());
        SettingOrigins origins = new SettingOrigins(environment);
        return new Examined(
                examined.settings(),
                Stream.concat(reader.problems.stream(), examined.problems().stream())
                        .map(origins::locate)
                        .toList());
    }

    private RawSettings read() {
        WrittenNames names = new WrittenNames(environment);
        problems.addAll(names.problems());
        problems.addAll(new MisspelledSettings(environment).problems());
        refuseUnquotedClasses();
        YamlSpelling.check(environment, problems);
        Placeholders.check(environment, problems);
        RawSettings raw = bind();
        QueryFiles files = new QueryFiles(new SettingOrigins(environment), problems);
        if (raw.templates() != null) {
            Map<String, RawTemplate> templates = new TreeMap<>(raw.templates());
            templates.replaceAll((name, template) -> template.dataset() == null
                    ? template
                    : new RawTemplate(
                            template.projects(),
                            files.read("crowdlab.templates." + name + ".dataset.", template.dataset())));
            raw = raw.withTemplates(templates);
        }
        if (raw.datasets() == null) {
            return raw;
        }
        Map<String, RawDataset> datasets = new TreeMap<>(raw.datasets());
        datasets.keySet().removeIf(names::isOnlyAnEcho);
        datasets.replaceAll((name, dataset) -> files.read("crowdlab.datasets." + name + ".", dataset));
        return raw.withDatasets(datasets);
    }

    /** Reports and omits settings that cannot be bound. */
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
     * YAML reads {@code [yes, no]} as booleans and {@code 1.10} as a number, which would silently become the labels
     * "true", "false" and "1.1".
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
}
