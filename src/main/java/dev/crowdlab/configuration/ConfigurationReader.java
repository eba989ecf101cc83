package dev.crowdlab.configuration;

import dev.crowdlab.settings.DatasetSetting;
import dev.crowdlab.settings.InvalidSettingsException;
import dev.crowdlab.settings.Settings;
import dev.crowdlab.settings.SettingsReader;
import dev.crowdlab.settings.SettingsReader.Examined;
import dev.crowdlab.settings.WrittenSettings;
import dev.crowdlab.settings.WrittenSettings.Template;
import dev.crowdlab.settings.section.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;

/** Reads {@link Settings} from Spring's environment and names every problem in one go. */
public final class ConfigurationReader {

    private static final Pattern CLASS_KEY = WrittenSettings.patternOf(DatasetSetting.CLASSES);

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
        Examined examined = SettingsReader.examine(new ConfigurationReader(environment).read());
        SettingOrigins origins = new SettingOrigins(environment);
        return new Examined(
                examined.settings(),
                examined.problems().stream().map(origins::locate).toList());
    }

    private WrittenSettings read() {
        WrittenNames names = new WrittenNames(environment);
        problems.addAll(names.problems());
        problems.addAll(new MisspelledSettings(environment).problems());
        refuseUnquotedClasses();
        YamlSpelling.check(environment, problems);
        Placeholders.check(environment, problems);
        WrittenSettings written = new EnvironmentBinder(environment, problems).bind();
        QueryFiles files = new QueryFiles(new SettingOrigins(environment), problems);
        Map<String, Template> templates = new TreeMap<>(written.templates());
        templates.replaceAll((name, template) -> new Template(template.projects(), files.read(template.dataset())));
        Map<String, Section> datasets = new TreeMap<>(written.datasets());
        datasets.keySet().removeIf(names::isOnlyAnEcho);
        datasets.replaceAll((name, dataset) -> files.read(dataset));
        return new WrittenSettings(written.program(), datasets, templates, problems);
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
