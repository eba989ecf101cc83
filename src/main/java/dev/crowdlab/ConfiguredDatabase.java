package dev.crowdlab;

import org.springframework.core.env.Environment;
import org.springframework.util.PlaceholderResolutionException;

/** Looks at the settings of the result database before anybody connects. */
final class ConfiguredDatabase {

    private static final String URL = "spring.datasource.url";

    private ConfiguredDatabase() {}

    /**
     * Refuses a URL that is empty or leads elsewhere, and references to variables that are not set.
     *
     * @throws UsageException naming the setting, never its value where that may be a secret
     */
    static void check(Environment environment) {
        String url = property(environment, URL);
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new UsageException(URL + (url.isBlank() ? " is empty" : " does not start with jdbc:postgresql:")
                    + "; give the JDBC URL of the result database, such as jdbc:postgresql://localhost:5432/warehouse");
        }
        property(environment, "spring.datasource.username");
        property(environment, "spring.datasource.password");
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
