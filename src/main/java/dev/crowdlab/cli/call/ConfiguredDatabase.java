package dev.crowdlab.cli.call;

import dev.crowdlab.postgres.ConnectionUrl;
import dev.crowdlab.postgres.UrlOptions;
import dev.crowdlab.postgres.UrlOptions.Use;
import dev.crowdlab.settings.InvalidSettingsException;
import dev.crowdlab.settings.ProgramSetting;
import dev.crowdlab.settings.WrittenSettings;
import dev.crowdlab.text.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.core.env.Environment;
import org.springframework.util.PlaceholderResolutionException;

/**
 * Checks the database settings before connecting. Messages name settings but never their values, which may be secret.
 */
public final class ConfiguredDatabase {

    private static final String URL = "spring.datasource.url";
    private static final String SOURCE_URL = WrittenSettings.nameOf(ProgramSetting.SOURCE_URL);

    private static final List<String> KEYS = List.of("url", "username", "password");

    private ConfiguredDatabase() {}

    /** What to do where no database is configured, as the beginning of a sentence that names the directory. */
    static String missing() {
        Path directory = Path.of("").toAbsolutePath();
        boolean isFileThere = Stream.of("application.yml", "config/application.yml")
                .map(directory::resolve)
                .anyMatch(Files::exists);
        return isFileThere
                ? "No database is configured: application.yml in " + directory
                        + " does not set spring.datasource.url (and username and password); set it there, or as SPRING_DATASOURCE_URL in the environment"
                : "No database is configured, and there is no application.yml in " + directory
                        + ": set spring.datasource.url (and username and password) there, or as SPRING_DATASOURCE_URL in the"
                        + " environment; the command init writes a first file";
    }

    /** One sentence for each database setting that refers to a variable that is not set. */
    public static List<String> unset(Environment environment) {
        return Stream.of("spring.datasource.", "crowdlab.source.")
                .flatMap(section -> KEYS.stream().map(section::concat))
                .flatMap(setting -> unset(environment, setting).stream())
                .toList();
    }

    private static Optional<String> unset(Environment environment, String setting) {
        try {
            environment.getProperty(setting);
            return Optional.empty();
        } catch (PlaceholderResolutionException e) {
            return Optional.of(
                    setting + " refers to ${" + e.getPlaceholder() + "}, which is not set; set it in the environment");
        }
    }

    private static void refuseUnset(Environment environment) {
        List<String> problems = unset(environment);
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
    }

    /**
     * Refuses a URL of the result database that is empty, invalid or not for PostgreSQL, and references to variables
     * that are not set.
     *
     * @throws UsageException naming the setting
     * @throws InvalidSettingsException naming each setting that refers to a variable that is not set
     */
    static void check(Environment environment) {
        refuseUnset(environment);
        refuse(
                URL,
                environment.getProperty(URL, ""),
                "result database, such as jdbc:postgresql://localhost:5432/warehouse");
        refuseOptions(
                environment, URL, environment.containsProperty(SOURCE_URL) ? Use.RESULTS : Use.RESULTS_AND_QUERIES);
    }

    /**
     * Checks the settings of the source database in the same way, if there is one.
     *
     * @throws UsageException naming the setting
     */
    static void checkSource(Environment environment) {
        if (environment.containsProperty(SOURCE_URL)) {
            refuseUnset(environment);
            refuse(SOURCE_URL, environment.getProperty(SOURCE_URL, ""), "database that holds the annotations");
            refuseOptions(environment, SOURCE_URL, Use.QUERIES);
        }
    }

    private static void refuse(String setting, String url, String database) {
        ConnectionUrl.problem(url).ifPresent(problem -> {
            throw new UsageException(setting + " " + problem + "; give the JDBC URL of the " + database);
        });
    }

    private static void refuseOptions(Environment environment, String setting, Use use) {
        UrlOptions.problem(environment.getProperty(setting, ""), use).ifPresent(problem -> {
            throw new UsageException(setting + " " + problem);
        });
    }
}
