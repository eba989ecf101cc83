package dev.crowdlab.configuration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;

/** Where settings come from, read and ordered as Spring Boot does it. */
final class SettingSources {

    private final Map<String, Object> variables = new HashMap<>();
    private final Map<String, Object> properties = new HashMap<>();
    private final List<String> flags = new ArrayList<>();
    private String yaml = "";

    /** The text of application.yml. */
    SettingSources yaml(String text) {
        yaml = text;
        return this;
    }

    /** A variable of the system's environment. */
    SettingSources variable(String name, String value) {
        variables.put(name, value);
        return this;
    }

    /** A flag of the command line. */
    SettingSources flag(String name, String value) {
        flags.add("--" + name + "=" + value);
        return this;
    }

    /** A property of the system, as -D gives it. */
    SettingSources property(String name, String value) {
        properties.put(name, value);
        return this;
    }

    ConfigurableEnvironment environment() {
        ConfigurableEnvironment environment = new StandardEnvironment();
        MutablePropertySources sources = environment.getPropertySources();
        sources.forEach(source -> sources.remove(source.getName()));
        sources.addLast(new SimpleCommandLinePropertySource(flags.toArray(String[]::new)));
        sources.addLast(new MapPropertySource(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME, properties));
        sources.addLast(new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        try {
            ByteArrayResource file = new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8));
            for (PropertySource<?> source : new YamlPropertySourceLoader().load("application.yml", file)) {
                sources.addLast(source);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        JsonSettings.addTo(environment);
        ConfigurationPropertySources.attach(environment);
        return environment;
    }
}
