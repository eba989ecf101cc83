package dev.crowdlab.cli;

import dev.crowdlab.postgres.ConnectionUrl;
import dev.crowdlab.postgres.UrlOptions;
import dev.crowdlab.postgres.UrlOptions.Use;
import org.springframework.core.env.Environment;
import org.springframework.util.PlaceholderResolutionException;

/** Checks the database settings before connecting. Messages name settings but never their values, which may be secret. */
final class ConfiguredDatabase {

    private static final String URL = "spring.datasource.url";
    private static final String SOURCE_URL = "crowdlab.source.url";

    private ConfiguredDatabase() {}

    /**
     * Refuses a URL of the result database that is empty, invalid or not for PostgreSQL, and references to variables that are
     * not set.
     *
     * @throws UsageException naming the setting
     */
    static void check(Environment environment) {
        refuse(URL, property(environment, URL), "result database, such as jdbc:postgresql://localhost:5432/warehouse");
        refuseOptions(
                environment, URL, environment.containsProperty(SOURCE_URL) ? Use.RESULTS : Use.RESULTS_AND_QUERIES);
        property(environment, "spring.datasource.username");
        property(environment, "spring.datasource.password");
    }

    /**
     * Checks the settings of the source database in the same way, if there is one.
     *
     * @throws UsageException naming the setting
     */
    static void checkSource(Environment environment) {
        if (environment.containsProperty(SOURCE_URL)) {
            refuse(SOURCE_URL, property(environment, SOURCE_URL), "database that holds the annotations");
            refuseOptions(environment, SOURCE_URL, Use.QUERIES);
        }
    }

    private static void refuse(String setting, String url, String database) {
        ConnectionUrl.problem(url).ifPresent(problem -> {
            throw new UsageException(setting + " " + problem + "; give the JDBC URL of the " + database);
        });
    }

    private static void refuseOptions(Environment environment, String setting, Use use) {
        UrlOptions.problem(property(environment, setting), use).ifPresent(problem -> {
            throw new UsageException(setting + " " + problem);
        });
    }

    private static String property(Environment environment, String setting) {
        try {
            return environment.getProperty(setting, "");
        } catch (PlaceholderResolutionException e) {
            throw new UsageException(
                    setting + " refers to ${" + e.getPlaceholder() + "}, which is not set; set it in the environment");
        }
    }
}
