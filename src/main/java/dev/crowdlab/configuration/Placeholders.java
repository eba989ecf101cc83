package dev.crowdlab.configuration;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.PlaceholderResolutionException;

/**
 * References to variables of the environment; after a backslash the text itself is meant, with its dollar and braces.
 */
final class Placeholders {

    private static final List<ConfigurationPropertyName> SECTIONS = List.of(
            ConfigurationPropertyName.of("crowdlab"),
            ConfigurationPropertyName.of("spring.datasource"),
            ConfigurationPropertyName.of("logging"));

    /** Reported by the code that connects, before it does. */
    private static final List<ConfigurationPropertyName> TOLD_ELSEWHERE = List.of(
            ConfigurationPropertyName.of("spring.datasource.url"),
            ConfigurationPropertyName.of("spring.datasource.username"),
            ConfigurationPropertyName.of("spring.datasource.password"));

    private Placeholders() {}

    /** Adds a sentence for each setting that counts and refers to what is not set. */
    static void check(ConfigurableEnvironment environment, List<String> problems) {
        Set<ConfigurationPropertyName> seen = new HashSet<>(TOLD_ELSEWHERE);
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource iterable) {
                iterable.stream()
                        .filter(name -> SECTIONS.stream().anyMatch(section -> section.isAncestorOf(name)))
                        .filter(seen::add)
                        .forEach(name -> check(environment, name, source.getConfigurationProperty(name), problems));
            }
        }
    }

    private static void check(
            ConfigurableEnvironment environment,
            ConfigurationPropertyName name,
            @Nullable ConfigurationProperty property,
            List<String> problems) {
        try {
            if (property != null && property.getValue() instanceof CharSequence text) {
                environment.resolveRequiredPlaceholders(text.toString());
            }
        } catch (PlaceholderResolutionException unresolved) {
            problems.add(name + ": refers to ${" + unresolved.getPlaceholder()
                    + "}, which is not set; set it in the environment, or write \\${ if no variable is meant");
        }
    }
}
