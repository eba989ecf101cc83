package dev.crowdlab.configuration;

import dev.crowdlab.settings.InvalidSettingsException;
import dev.crowdlab.settings.KnownSettings;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginProvider;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.boot.support.EnvironmentPostProcessorApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.PropertySource;

/**
 * Refuses what no file of settings needs. Whoever can write to the directory in which the program starts could
 * otherwise use any setting of Spring Boot, some of which fetch and execute what they name. The check comes between the
 * reading of files and everything that uses them, first of all the log; an import, which the reading itself follows, is
 * refused by {@link FileImports}. Flags and the environment may set anything, and so may a tree of files that they name.
 */
public final class FileSettings implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

    /** The settings, and the sections of settings, that files may have; those of the first two are checked later, by name. */
    private static final List<ConfigurationPropertyName> ALLOWED = Stream.of(
                    "crowdlab",
                    "spring.datasource",
                    "logging.level",
                    "logging.file.name",
                    "logging.pattern",
                    "logging.charset",
                    "logging.threshold",
                    "logging.structured.format",
                    "logging.structured.ecs",
                    "logging.structured.gelf",
                    "logging.logback.rollingpolicy.max-file-size",
                    "logging.logback.rollingpolicy.max-history",
                    "logging.logback.rollingpolicy.total-size-cap")
            .map(ConfigurationPropertyName::of)
            .toList();

    private static final String ADVICE =
            "cannot be set in a file; remove it, or set it by a flag or in the environment";

    private static final KnownSettings OWN = new KnownSettings(List.of());

    @Override
    public int getOrder() {
        return EnvironmentPostProcessorApplicationListener.DEFAULT_ORDER + 1;
    }

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        NavigableSet<String> problems = new TreeSet<>();
        for (PropertySource<?> source : event.getEnvironment().getPropertySources()) {
            if (source instanceof OriginTrackedMapPropertySource file) {
                for (String name : file.getPropertyNames()) {
                    Origin origin = file.getOrigin(name);
                    if (!isOwn(origin) && !isAllowed(name)) {
                        problems.add(problem(name, origin));
                    }
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(List.copyOf(problems));
        }
    }

    /** Whether a file that a user could have written has the setting, and not one of the program itself. */
    static boolean isOfFile(@Nullable Origin origin) {
        return file(origin) != null && !isOwn(origin);
    }

    private static boolean isOwn(@Nullable Origin origin) {
        TextResourceOrigin file = file(origin);
        return file != null
                && file.getResource() != null
                && file.getResource().getDescription().startsWith("class path resource [");
    }

    private static @Nullable TextResourceOrigin file(@Nullable Origin origin) {
        if (origin instanceof OriginProvider provider) {
            return file(provider.getOrigin());
        }
        return origin instanceof TextResourceOrigin file ? file : null;
    }

    /** What is nearly called like one of ours is reported with what may be meant, once all settings are read. */
    private static boolean isAllowed(String name) {
        ConfigurationPropertyName written = ConfigurationPropertyName.adapt(name, '.');
        return MisspelledSettings.isChecked(name)
                || ALLOWED.stream().anyMatch(allowed -> allowed.equals(written) || allowed.isAncestorOf(written));
    }

    /** One sentence, the same for all elements of a list. */
    static String problem(String name, @Nullable Origin origin) {
        String setting = name.replaceFirst("\\[\\d+](?s:.*)", "");
        String advice = isOwnWithoutSection(setting)
                ? "there is no such setting; did you mean crowdlab." + setting + "?"
                : ADVICE;
        return setting + ": " + advice
                + SettingOrigins.place(origin).map(place -> " (" + place + ")").orElse("");
    }

    private static boolean isOwnWithoutSection(String name) {
        return !name.isEmpty()
                && OWN.problem(MisspelledSettings.words("crowdlab." + name), section -> "")
                        .isEmpty();
    }
}
