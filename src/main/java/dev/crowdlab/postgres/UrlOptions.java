package dev.crowdlab.postgres;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.jdbc.GSSEncMode;
import org.postgresql.jdbc.SslMode;
import org.postgresql.util.PSQLException;

/**
 * Checks the options in a JDBC URL: each is honored or refused, none is ignored. Messages name options but not their
 * values, which may be secret.
 */
public final class UrlOptions {

    /** Options that name a class for the driver to load. */
    private static final List<String> FOREIGN = List.of(
            "socketFactory",
            "sslfactory",
            "authenticationPluginClassName",
            "sslhostnameverifier",
            "sslpasswordcallback");

    private static final Map<String, String> NEVER = Map.of(
            "ApplicationName", "sets ApplicationName, by which the program finds its own sessions",
            "loggerLevel", "sets loggerLevel, which logging.level.org.postgresql replaces",
            "loggerFile", "sets loggerFile, although the driver writes into the program's log",
            "replication", "sets replication, and such a session cannot run queries");

    /** Options with a few possible values. */
    private static final List<PGProperty> CHOSEN = List.of(
            PGProperty.SSL_MODE,
            PGProperty.SSL_NEGOTIATION,
            PGProperty.GSS_ENC_MODE,
            PGProperty.CHANNEL_BINDING,
            PGProperty.TARGET_SERVER_TYPE);

    private static final Set<String> STANDBYS = Set.of("slave", "secondary", "preferslave", "prefersecondary");

    /** {@code -c name=value} or {@code --name=value}, as on a server's command line. */
    private static final Pattern SERVER_SETTING = Pattern.compile("(?:^|\\s)(?:-c\\s*|--)([\\w.-]+)\\s*=");

    private UrlOptions() {}

    /** What a database is used for. */
    public enum Use {
        RESULTS_AND_QUERIES,
        RESULTS,
        QUERIES
    }

    /**
     * Returns why the options cannot be used, as text that follows the name of the URL's setting; empty if they can.
     */
    public static Optional<String> problem(String url, Use use) {
        Properties given = given(ConnectionUrl.withoutSecrets(url, new Properties()));
        Set<String> names = new TreeSet<>(given.stringPropertyNames());
        if (FOREIGN.stream().noneMatch(names::contains)) {
            for (String name : names) {
                if (PGProperty.forName(name) == null) {
                    return Optional.of("has the option " + name + ", which the driver does not know" + meant(name));
                }
            }
        }
        Optional<String> wrong =
                CHOSEN.stream().flatMap(name -> wrongChoice(name, given)).findFirst();
        if (wrong.isPresent()) {
            return wrong;
        }
        return names.stream()
                .filter(NEVER::containsKey)
                .findFirst()
                .map(NEVER::get)
                .or(() -> use == Use.QUERIES ? Optional.empty() : unfitForResults(given, use))
                .or(() -> serverSetting(given.getProperty("options", ""), use))
                .map(problem -> problem + "; remove it");
    }

    /** The driver would report it only when it connects, as if no server were there. */
    private static Stream<String> wrongChoice(PGProperty option, Properties given) {
        String value = given.getProperty(option.getName());
        String[] choices = option.getChoices();
        return value == null || choices == null || Stream.of(choices).anyMatch(value::equalsIgnoreCase)
                ? Stream.empty()
                : Stream.of("sets " + option.getName() + " to a value that is none of " + String.join(", ", choices)
                        + "; correct it");
    }

    static Properties given(String url) {
        return Optional.ofNullable(Driver.parseURL(url, null)).orElseGet(Properties::new);
    }

    private static String meant(String name) {
        for (PGProperty known : PGProperty.values()) {
            if (known.getName().equalsIgnoreCase(name)) {
                return "; " + known.getName() + " may be meant";
            }
        }
        return "; remove it, or correct its name";
    }

    private static Optional<String> unfitForResults(Properties given, Use use) {
        if (given.containsKey("readOnly")) {
            return Optional.of("sets readOnly, but results are written there");
        }
        if (STANDBYS.contains(given.getProperty("targetServerType", "").toLowerCase(Locale.ROOT))) {
            return Optional.of("sets targetServerType to standbys, but results are written there");
        }
        return use == Use.RESULTS && given.containsKey("currentSchema")
                ? Optional.of("sets currentSchema, but only the queries of crowdlab.source.url look for tables")
                : Optional.empty();
    }

    /** Refuses server settings that every session of the program sets by itself; other settings are honored. */
    private static Optional<String> serverSetting(String options, Use use) {
        Matcher found = SERVER_SETTING.matcher(options);
        while (found.find()) {
            String name = found.group(1).replace('-', '_').toLowerCase(Locale.ROOT);
            if (SessionSettings.isOwn(name)
                    || (use != Use.QUERIES && name.equals("role"))
                    || (use == Use.RESULTS && name.equals("search_path"))) {
                return Optional.of("sets " + name + " in options, which the program's sessions set themselves");
            }
        }
        return Optional.empty();
    }

    /** Whether sessions must be encrypted, or fail. */
    static boolean demandEncryption(Properties given) {
        try {
            return SslMode.of(given).requireEncryption() || GSSEncMode.of(given).requireEncryption();
        } catch (PSQLException e) { // not a valid mode; the driver reports it when it connects
            return false;
        }
    }
}
