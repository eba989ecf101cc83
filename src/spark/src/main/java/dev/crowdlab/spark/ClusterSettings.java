package dev.crowdlab.spark;

import dev.crowdlab.settings.DatasetSetting;
import dev.crowdlab.settings.InvalidSettingsException;
import dev.crowdlab.settings.Settings;
import dev.crowdlab.settings.SettingsReader;
import dev.crowdlab.settings.WrittenSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.env.PropertiesPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.FileSystemResource;

/**
 * The settings of the file that the local job reads, too. Variables of the environment take precedence for settings
 * that the file has, and for {@code spring.datasource}; references such as <code>${PASSWORD}</code> are resolved.
 *
 * @param program everything under {@code crowdlab.}
 * @param url the JDBC URL of the result database; null if there is none
 */
record ClusterSettings(
        Settings program,
        @Nullable String url,
        @Nullable String user,
        @Nullable String password) {

    private static final Pattern CLASS = WrittenSettings.patternOf(DatasetSetting.CLASSES);

    /**
     * Reads a file.
     *
     * @param file null: config/application.yml or application.yml in the working directory
     * @param needsDatabase whether there must be a result database
     * @throws InvalidSettingsException naming everything that cannot be used
     */
    static ClusterSettings read(@Nullable Path file, boolean needsDatabase) {
        Path found = Optional.ofNullable(file)
                .or(() -> Stream.of(Path.of("config", "application.yml"), Path.of("application.yml"))
                        .filter(Files::isReadable)
                        .findFirst())
                .filter(Files::isReadable)
                .orElseThrow(() -> problem((file == null ? "There is no application.yml" : file + " cannot be read")
                        + "; give the file with the settings as --config FILE"));
        Properties properties = properties(found);
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addLast(new PropertiesPropertySource("file", properties));
        Map<String, String> texts = new TreeMap<>();
        try {
            for (Object name : properties.keySet()) { // the string names would be those with texts as values
                texts.put(name.toString(), environment.getRequiredProperty(name.toString()));
            }
        } catch (IllegalArgumentException e) {
            throw problem(found + ": " + e.getMessage() + "; set it in the environment");
        }
        String url = environment.getProperty("spring.datasource.url");
        if (needsDatabase && (url == null || url.isEmpty())) {
            throw problem(
                    "spring.datasource.url is missing in " + found + "; give the JDBC URL of the result database");
        }
        return new ClusterSettings(
                SettingsReader.read(texts),
                url == null || url.isEmpty() ? null : url,
                environment.getProperty("spring.datasource.username"),
                environment.getProperty("spring.datasource.password"));
    }

    private static Properties properties(Path file) {
        YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(new FileSystemResource(file));
        Properties properties = yaml.getObject();
        if (properties == null) {
            throw problem(file + " is empty; it needs at least spring.datasource.url");
        }
        List<String> problems = new ArrayList<>();
        properties.forEach((name, value) -> {
            if (CLASS.matcher(name.toString()).matches() && !(value instanceof String)) {
                problems.add(name + ": YAML reads this class as " + value + "; quote it to keep its spelling");
            }
        });
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
        return properties;
    }

    private static InvalidSettingsException problem(String sentence) {
        return new InvalidSettingsException(List.of(sentence));
    }

    /** Never shows a password. */
    @Override
    public String toString() {
        return "settings";
    }
}
