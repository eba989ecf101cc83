package dev.crowdlab.configuration;

import dev.crowdlab.settings.CheckSettings;
import dev.crowdlab.settings.CheckedMetric;
import dev.crowdlab.settings.DatasetSetting;
import dev.crowdlab.settings.DatasetSettings;
import dev.crowdlab.settings.KnownSettings;
import dev.crowdlab.settings.ProgramSetting;
import dev.crowdlab.settings.Thresholds;
import dev.crowdlab.settings.WrittenSettings;
import dev.crowdlab.settings.section.Setting.Trait;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.PlaceholderResolutionException;

/** The settings that hold, each with the place where it is made; secrets are masked. */
public final class EffectiveSettings {

    private static final String DEFAULT = "default";
    private static final String DATASETS = WrittenSettings.DATASETS + ".";

    private static final List<ConfigurationPropertyName> SECTIONS = List.of(
            ConfigurationPropertyName.of("spring.datasource"),
            ConfigurationPropertyName.of("crowdlab"),
            ConfigurationPropertyName.of("logging"));

    private static final Pattern PROJECT =
            Pattern.compile("crowdlab\\.templates\\.(?<template>.+)\\.projects(\\.|\\[)(?<dataset>[^\\]]+)]?");

    /** The program's own settings, which are defaults; those of users are files. */
    private static final String OWN_FILE = "class path resource [application.yml]";

    private final ConfigurableEnvironment environment;
    private final Set<ConfigurationPropertyName> written;

    /** Looks into the environment's sources, the strongest first. */
    public EffectiveSettings(ConfigurableEnvironment environment) {
        this.environment = environment;
        this.written = written(environment);
    }

    /**
     * A setting that holds.
     *
     * @param name as {@code configuration.md} writes it
     * @param value its value; a list's elements are separated by commas
     * @param origin such as {@code application.yml, line 3}; {@code default}
     */
    public record Setting(String name, String value, String origin) {}

    /** All of them, those of the database first, then by name. */
    public List<Setting> all() {
        Map<String, Setting> found = new TreeMap<>(EffectiveSettings::compare);
        Map<String, DatasetSettings> configured = new TreeMap<>(
                ConfigurationReader.examine(environment).settings().datasets());
        Map<String, DatasetSettings> ofTemplates = new TreeMap<>(configured); // these have the settings of theirs
        configured.keySet().removeIf(name -> !hasChildren(DATASETS + name));
        ofTemplates.keySet().removeAll(configured.keySet());
        Set<String> datasets = configured.keySet();
        Map<String, String> defaults = defaults(datasets);
        Set<ConfigurationPropertyName> seen = new LinkedHashSet<>();
        defaults.forEach((name, standard) -> set(name, seen)
                .or(() -> standard.isEmpty() || hasChildren(name)
                        ? Optional.empty()
                        : Optional.of(new Setting(name, standard, DEFAULT)))
                .ifPresent(setting -> found.put(name, setting)));
        for (ConfigurationPropertyName name : written) {
            if (seen.stream().noneMatch(known -> known.equals(name) || isEcho(known, name))) {
                set(name.toString(), seen)
                        .filter(setting -> !isForeign(setting))
                        .ifPresent(setting -> found.put(setting.name(), setting));
            }
        }
        configured.forEach((name, dataset) ->
                addLimits(DATASETS + name + "." + DatasetSetting.CHECKS.name() + ".", dataset.checks(), found));
        configured.forEach((name, dataset) -> addMadeBySource(DATASETS + name + ".", dataset, found));
        ofTemplates.forEach((name, dataset) ->
                templateOf(name, found).ifPresent(template -> addMadeForProject(name, template, dataset, found)));
        return List.copyOf(found.values());
    }

    /** By name, the default of each setting; empty: it has none. */
    private static Map<String, String> defaults(Set<String> datasets) {
        Map<String, String> defaults = new LinkedHashMap<>();
        for (String dataset : datasets) {
            DatasetSetting.described()
                    .forEach(setting -> defaults.put(
                            WrittenSettings.nameOf(dataset, setting),
                            setting.is(Trait.OF_SOURCE) ? "" : setting.standard()));
        }
        ProgramSetting.all().forEach(setting -> defaults.put(WrittenSettings.nameOf(setting), setting.standard()));
        return defaults;
    }

    /** Whether it is a variable of others that only looks like a setting. */
    private static boolean isForeign(Setting setting) {
        return setting.origin().startsWith(SettingOrigins.VARIABLE)
                && SettingVariables.isForeign(
                        setting.origin().substring(SettingOrigins.VARIABLE.length()), setting.value());
    }

    /** The half of a check's limits that is not written, and so as it is by default. */
    private static void addLimits(String prefix, CheckSettings checks, Map<String, Setting> found) {
        for (CheckedMetric metric : CheckedMetric.values()) {
            String name = prefix + metric.key();
            Thresholds limits = checks.of(metric);
            Setting plain = found.get(name);
            if (plain == null) {
                addLimit(name + ".fail", limits.fail(), found);
            }
            if (plain == null || !plain.origin().equals(DEFAULT)) {
                addLimit(name + ".warn", limits.warn(), found);
            }
        }
    }

    private static void addLimit(String name, double limit, Map<String, Setting> found) {
        boolean isWritten = found.keySet().stream()
                .anyMatch(other -> KnownSettings.fold(other).equals(KnownSettings.fold(name)));
        if (!Double.isNaN(limit) && !isWritten) {
            found.put(name, new Setting(name, Thresholds.text(limit), DEFAULT));
        }
    }

    /** What a source makes of a dataset's settings, where they are not written. */
    private static void addMadeBySource(String prefix, DatasetSettings dataset, Map<String, Setting> found) {
        Setting source = found.get(prefix + DatasetSetting.SOURCE.name());
        if (source == null) {
            return;
        }
        made(dataset).forEach((key, value) -> {
            Setting written = found.get(prefix + key);
            if (written == null || written.origin().equals(DEFAULT)) {
                found.put(prefix + key, new Setting(prefix + key, value, "source: " + source.value()));
            }
        });
    }

    /** The settings that a source makes, with their values. */
    private static Map<String, String> made(DatasetSettings dataset) {
        Map<String, @Nullable String> values = new TreeMap<>();
        values.put(DatasetSetting.ANNOTATIONS_QUERY.name(), dataset.annotationsQuery());
        values.put(DatasetSetting.PREDICTIONS_QUERY.name(), dataset.predictionsQuery());
        values.put(DatasetSetting.GOLD_QUERY.name(), dataset.goldQuery());
        values.put(
                DatasetSetting.ON_INCOMPLETE_PREDICTION.name(),
                String.valueOf(dataset.recorded().get(DatasetSetting.ON_INCOMPLETE_PREDICTION.recorded())));
        Map<String, String> made = new TreeMap<>();
        values.forEach((key, value) -> {
            if (value != null) {
                made.put(key, value);
            }
        });
        return made;
    }

    /** The template that names a dataset among its projects. */
    private static Optional<String> templateOf(String dataset, Map<String, Setting> found) {
        return found.keySet().stream()
                .map(PROJECT::matcher)
                .filter(name -> name.matches()
                        && KnownSettings.fold(name.group("dataset")).equals(KnownSettings.fold(dataset)))
                .map(name -> name.group("template"))
                .findFirst();
    }

    /** What the source of a template makes for one of its projects, and the queries that the template has instead. */
    private static void addMadeForProject(
            String dataset, String template, DatasetSettings settings, Map<String, Setting> found) {
        String prefix = "crowdlab.templates." + template + ".dataset.";
        Setting source = found.get(prefix + DatasetSetting.SOURCE.name());
        if (source == null) {
            return;
        }
        made(settings).forEach((key, value) -> {
            Setting written = found.get(prefix + key);
            String name = DATASETS + dataset + "." + key;
            String origin = written == null
                    ? "source: " + source.value() + ", of template " + template
                    : written.origin() + ", of template " + template;
            found.put(name, new Setting(name, value, origin));
        });
    }

    private static int compare(String one, String other) {
        boolean isDatabase = one.startsWith("spring.");
        return isDatabase == other.startsWith("spring.") ? one.compareTo(other) : isDatabase ? -1 : 1;
    }

    /** A variable of the environment looks like another setting where names have hyphens. */
    private static boolean isEcho(ConfigurationPropertyName known, ConfigurationPropertyName name) {
        return KnownSettings.fold(known.toString()).equals(KnownSettings.fold(name.toString()));
    }

    /** The names that sources have under our sections, lists once. */
    private static Set<ConfigurationPropertyName> written(ConfigurableEnvironment environment) {
        Set<ConfigurationPropertyName> names = new LinkedHashSet<>();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource iterable) {
                iterable.stream()
                        .filter(name -> SECTIONS.stream().anyMatch(section -> section.isAncestorOf(name)))
                        .map(name -> name.isLastElementIndexed() && name.isNumericIndex(name.getNumberOfElements() - 1)
                                ? name.getParent()
                                : name)
                        .forEach(names::add);
            }
        }
        return names;
    }

    private boolean hasChildren(String name) {
        ConfigurationPropertyName parent = ConfigurationPropertyName.adapt(name, '.');
        return written.stream().anyMatch(parent::isAncestorOf);
    }

    private Optional<Setting> set(String name, Set<ConfigurationPropertyName> seen) {
        ConfigurationPropertyName wanted = ConfigurationPropertyName.adapt(name, '.');
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            List<ConfigurationProperty> parts = parts(source, wanted);
            if (!parts.isEmpty()) {
                seen.add(wanted);
                List<String> values = parts.stream().map(this::value).toList();
                return Optional.of(
                        new Setting(name, SecretMask.mask(name, String.join(", ", values)), origin(parts.get(0))));
            }
        }
        return Optional.empty();
    }

    /** A value, or the elements of a list. */
    private static List<ConfigurationProperty> parts(
            ConfigurationPropertySource source, ConfigurationPropertyName name) {
        @Nullable ConfigurationProperty whole = source.getConfigurationProperty(name);
        if (whole != null) {
            return List.of(whole);
        }
        List<ConfigurationProperty> elements = new ArrayList<>();
        @Nullable ConfigurationProperty element = source.getConfigurationProperty(name.append("[0]"));
        while (element != null) {
            elements.add(element);
            element = source.getConfigurationProperty(name.append("[" + elements.size() + "]"));
        }
        return elements;
    }

    private String value(ConfigurationProperty property) {
        String text = String.valueOf(property.getValue());
        try {
            return environment.resolveRequiredPlaceholders(text);
        } catch (PlaceholderResolutionException unresolved) {
            return text;
        }
    }

    private static String origin(ConfigurationProperty property) {
        String place = SettingOrigins.describe(property);
        return place.startsWith(OWN_FILE) ? DEFAULT : place;
    }
}
