package dev.crowdlab.configuration;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginProvider;
import org.springframework.boot.origin.SystemEnvironmentOrigin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.boot.origin.TextResourceOrigin.Location;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.io.Resource;

/** Where settings were made, so that a sentence about one can name the line to change. */
public final class SettingOrigins {

    private final ConfigurableEnvironment environment;

    /** Looks into the environment's sources, the strongest first. */
    public SettingOrigins(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    /**
     * Adds the place to a sentence that begins with the name of a setting and a colon.
     *
     * @param problem such as {@code crowdlab.threads: 'x' is not a whole number}
     * @return the same with {@code (application.yml, line 3)} behind it, if a file says so; else as it was
     */
    public String locate(String problem) {
        int colon = problem.indexOf(": ");
        Optional<String> place = colon < 0 ? Optional.empty() : place(problem.substring(0, colon));
        return place.map(found -> problem + " (" + found + ")").orElse(problem);
    }

    /** A setting that is missing has no line; the one above it in the tree that has lines is not guessed. */
    private Optional<String> place(String setting) {
        if (!ConfigurationPropertyName.isValid(setting)) {
            return Optional.empty();
        }
        ConfigurationPropertyName name = ConfigurationPropertyName.of(setting);
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            ConfigurationProperty property = source.getConfigurationProperty(name);
            if (property == null) { // a list has its place where its first element is
                property = source.getConfigurationProperty(name.append("[0]"));
            }
            if (property != null) {
                return place(property.getOrigin());
            }
        }
        return Optional.empty();
    }

    private static Optional<String> place(@Nullable Origin origin) {
        if (origin instanceof OriginProvider provider) {
            return place(provider.getOrigin());
        }
        if (origin instanceof SystemEnvironmentOrigin variable) {
            return Optional.of("variable " + variable.getProperty());
        }
        if (!(origin instanceof TextResourceOrigin text)) {
            return Optional.empty();
        }
        Location location = text.getLocation();
        Resource file = text.getResource();
        return location == null || file == null || file.getFilename() == null
                ? Optional.empty()
                : Optional.of(file.getFilename() + ", line " + (location.getLine() + 1));
    }
}
