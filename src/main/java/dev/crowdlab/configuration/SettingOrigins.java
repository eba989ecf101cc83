package dev.crowdlab.configuration;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
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
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.Resource;

/** Where settings were made, so that a sentence about one can name the line to change. */
public final class SettingOrigins {

    /** Before the name of a variable of the environment. */
    static final String VARIABLE = "variable ";

    /** Names of datasets and of findings may have capitals and underscores. */
    private static final Pattern OURS = Pattern.compile("crowdlab\\.[\\w.\\[\\]-]+");

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

    /**
     * Where a value comes from, for people: a file with its line, a variable, or the kind of source.
     *
     * @param property found in a source
     */
    static String describe(ConfigurationProperty property) {
        return place(property.getOrigin(), SettingOrigins::path).orElseGet(() -> source(property));
    }

    private static String source(ConfigurationProperty property) {
        ConfigurationPropertySource source = property.getSource();
        String name = source != null && source.getUnderlyingSource() instanceof PropertySource<?> known
                ? known.getName()
                : "";
        return switch (name) {
            case CommandLinePropertySource.COMMAND_LINE_PROPERTY_SOURCE_NAME -> "command line";
            case StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME -> "property of the JVM (-D)";
            case StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME -> "environment";
            default -> name;
        };
    }

    /** A setting that is missing has no line; the one above it in the tree that has lines is not guessed. */
    private Optional<String> place(String setting) {
        if (!ConfigurationPropertyName.isValid(setting)
                && !OURS.matcher(setting).matches()) {
            return Optional.empty();
        }
        ConfigurationPropertyName name = ConfigurationPropertyName.adapt(setting, '.');
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

    /** The directory of the file that makes a setting; the working directory if it is made elsewhere. */
    Path directory(String setting) {
        ConfigurationPropertyName name = ConfigurationPropertyName.adapt(setting, '.');
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            ConfigurationProperty property = source.getConfigurationProperty(name);
            if (property != null) {
                return directory(property.getOrigin())
                        .orElseGet(() -> Path.of("").toAbsolutePath());
            }
        }
        return Path.of("").toAbsolutePath();
    }

    private static Optional<Path> directory(@Nullable Origin origin) {
        if (origin instanceof OriginProvider provider) {
            return directory(provider.getOrigin());
        }
        if (!(origin instanceof TextResourceOrigin text) || text.getResource() == null) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(
                    text.getResource().getFile().toPath().toAbsolutePath().getParent());
        } catch (IOException notOfTheFileSystem) {
            return Optional.empty();
        }
    }

    /** As seen from the working directory, where there are two places for a file of this name. */
    private static String path(Resource file) {
        if (file.getDescription().startsWith("class path resource")) {
            return file.getDescription();
        }
        try {
            Path path = file.getFile().toPath().toAbsolutePath();
            Path here = Path.of("").toAbsolutePath();
            return path.startsWith(here) ? here.relativize(path).toString() : path.toString();
        } catch (IOException notOfTheFileSystem) {
            return file.getDescription();
        }
    }

    /** The file, by its name, and the line; or the variable. */
    static Optional<String> place(@Nullable Origin origin) {
        return place(origin, file -> String.valueOf(file.getFilename()));
    }

    private static Optional<String> place(@Nullable Origin origin, Function<Resource, String> name) {
        if (origin instanceof OriginProvider provider) {
            return place(provider.getOrigin(), name);
        }
        if (origin instanceof SystemEnvironmentOrigin variable) {
            return Optional.of(VARIABLE + variable.getProperty());
        }
        if (!(origin instanceof TextResourceOrigin text)) {
            return Optional.empty();
        }
        Location location = text.getLocation();
        Resource file = text.getResource();
        return location == null || file == null || file.getFilename() == null
                ? Optional.empty()
                : Optional.of(name.apply(file) + ", line " + (location.getLine() + 1));
    }
}
