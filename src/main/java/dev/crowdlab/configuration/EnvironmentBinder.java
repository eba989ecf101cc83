package dev.crowdlab.configuration;

import dev.crowdlab.settings.DatasetSetting;
import dev.crowdlab.settings.ProgramSetting;
import dev.crowdlab.settings.WrittenSettings;
import dev.crowdlab.settings.WrittenSettings.Template;
import dev.crowdlab.settings.section.Section;
import dev.crowdlab.settings.section.Setting;
import dev.crowdlab.settings.section.SettingType.Shape;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.PlaceholderResolutionException;

/**
 * Looks up every setting in Spring's environment, so that names are as relaxed and sources as strong as Spring Boot has
 * them. What cannot be used is reported and left out.
 */
final class EnvironmentBinder {

    private final ConfigurableEnvironment environment;
    private final List<ConfigurationPropertySource> sources;
    private final Binder binder;
    private final List<String> problems;

    EnvironmentBinder(ConfigurableEnvironment environment, List<String> problems) {
        this.environment = environment;
        this.sources = StreamSupport.stream(
                        ConfigurationPropertySources.get(environment).spliterator(), false)
                .toList();
        this.binder = Binder.get(environment);
        this.problems = problems;
    }

    WrittenSettings bind() {
        ConfigurationPropertyName root = ConfigurationPropertyName.of(WrittenSettings.ROOT);
        ConfigurationPropertyName templates = ConfigurationPropertyName.of(WrittenSettings.TEMPLATES);
        return new WrittenSettings(
                section(WrittenSettings.ROOT, root, ProgramSetting.all()),
                sections(ConfigurationPropertyName.of(WrittenSettings.DATASETS), this::dataset),
                sections(templates, this::template),
                problems);
    }

    private @Nullable Section dataset(ConfigurationPropertyName name) {
        Section section = section(WrittenSettings.DATASETS + "." + last(name), name, DatasetSetting.all());
        return section.isEmpty() ? null : section;
    }

    private @Nullable Template template(ConfigurationPropertyName name) {
        String prefix = WrittenSettings.TEMPLATES + "." + last(name);
        Section projects = section(prefix, name, List.of(WrittenSettings.PROJECTS));
        Section dataset = section(
                prefix + "." + WrittenSettings.DATASET.name(),
                name.append(WrittenSettings.DATASET.name()),
                DatasetSetting.all());
        return projects.isEmpty() && dataset.isEmpty() ? null : new Template(projects, dataset);
    }

    private static String last(ConfigurationPropertyName name) {
        return name.getElement(name.getNumberOfElements() - 1, Form.ORIGINAL);
    }

    /** What is below a section whose names are chosen by users; without those that have no setting. */
    private <S> Map<String, S> sections(
            ConfigurationPropertyName parent, Function<ConfigurationPropertyName, @Nullable S> reading) {
        refuseText(parent);
        Map<String, ConfigurationPropertyName> names = new LinkedHashMap<>();
        for (ConfigurationPropertySource source : sources) {
            if (source instanceof IterableConfigurationPropertySource iterable) {
                iterable.stream().filter(parent::isAncestorOf).forEach(name -> {
                    ConfigurationPropertyName section = name.chop(parent.getNumberOfElements() + 1);
                    names.putIfAbsent(last(section), section);
                });
            }
        }
        Map<String, S> sections = new TreeMap<>();
        names.forEach((name, section) -> {
            S found = reading.apply(section);
            if (found != null) {
                sections.put(name, found);
            }
        });
        return sections;
    }

    private Section section(String prefix, ConfigurationPropertyName parent, List<Setting<?>> settings) {
        refuseText(parent);
        Set<String> sections = settings.stream()
                .map(Setting::name)
                .filter(name -> name.contains("."))
                .map(name -> name.substring(0, name.indexOf('.')))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        sections.forEach(section -> refuseText(parent.append(section)));
        Map<String, List<String>> written = new TreeMap<>();
        for (Setting<?> setting : settings) {
            try {
                look(parent.append(setting.name()), setting, written);
            } catch (BindException e) {
                report(e.getName());
            }
        }
        return new Section(prefix, written, problems);
    }

    private void look(ConfigurationPropertyName name, Setting<?> setting, Map<String, List<String>> written) {
        Shape shape = setting.type().shape();
        if (shape == Shape.TEXT) {
            binder.bind(name, Bindable.of(String.class)).ifBound(text -> written.put(setting.name(), List.of(text)));
        } else if (shape == Shape.LIST) {
            binder.bind(name, Bindable.listOf(String.class)).ifBound(texts -> written.put(setting.name(), texts));
        } else {
            binder.bind(name, Bindable.mapOf(String.class, String.class))
                    .ifBound(texts ->
                            texts.forEach((key, text) -> written.put(setting.name() + "." + key, List.of(text))));
        }
    }

    /** Reports a text where a section must be. */
    private void refuseText(ConfigurationPropertyName section) {
        boolean hasSettings = sources.stream()
                .anyMatch(source -> source.containsDescendantOf(section) == ConfigurationPropertyState.PRESENT);
        if (!hasSettings && sources.stream().anyMatch(source -> source.getConfigurationProperty(section) != null)) {
            report(section);
        }
    }

    private void report(ConfigurationPropertyName name) {
        problems.add(name + ": " + sentence(name.toString()));
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
}
