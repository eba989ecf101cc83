package dev.crowdlab.postgres;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.postgresql.Driver;

/** Checks a JDBC URL before it is used, without quoting it, since a URL may contain a password. */
public final class ConnectionUrl {

    private static final String PREFIX = "jdbc:postgresql:";
    private static final Pattern USER_BEFORE_HOST = Pattern.compile("jdbc:postgresql://[^?]*@.*", Pattern.DOTALL);

    /**
     * Checked before the driver sees the URL, because the driver logs an invalid port, which may be part of a password.
     */
    private static final Pattern HOST_AND_PORT = Pattern.compile("(\\[[^]]*]|[^:]*)(:\\d*)?");

    private static final List<String> SECRETS = List.of("password", "sslpassword");

    private ConnectionUrl() {}

    /** Returns why the URL cannot be used, as text that follows the name of its setting; empty if it can. */
    public static Optional<String> problem(String url) {
        if (url.isBlank()) {
            return Optional.of("is empty");
        }
        if (!url.startsWith(PREFIX)) {
            return Optional.of("does not start with " + PREFIX);
        }
        if (USER_BEFORE_HOST.matcher(url).matches()) {
            return Optional.of("names a user before the host, which belongs into username and password");
        }
        return isReadable(url)
                ? Optional.empty()
                : Optional.of("is not of the form jdbc:postgresql://host:port/database?name=value");
    }

    private static boolean isReadable(String url) {
        try {
            String open = withoutSecrets(url, new Properties());
            return hosts(open).allMatch(host -> HOST_AND_PORT.matcher(host).matches())
                    && Driver.parseURL(open, null) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Stream<String> hosts(String url) {
        String rest = url.substring(PREFIX.length());
        return rest.startsWith("//")
                ? Arrays.stream(rest.substring(2).split("[/?]", 2)[0].split(","))
                : Stream.empty();
    }

    /**
     * Moves the secrets from a URL to properties, because the driver logs and quotes URLs but never properties.
     *
     * @param properties receives the secrets; as with the driver, those in the URL take precedence
     * @return the URL without them
     * @throws IllegalArgumentException if a secret contains a % that is not an escape
     */
    static String withoutSecrets(String url, Properties properties) {
        int query = url.indexOf('?');
        if (query < 0) {
            return url;
        }
        List<String> open = new ArrayList<>();
        for (String parameter : url.substring(query + 1).split("&", -1)) {
            String name = parameter.replaceFirst("=.*", "");
            if (SECRETS.contains(name)) {
                properties.setProperty(
                        name, decoded(parameter.substring(name.length()).replaceFirst("^=", "")));
            } else {
                open.add(parameter);
            }
        }
        return url.substring(0, query) + (open.isEmpty() ? "" : "?" + String.join("&", open));
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException quotesTheValue) {
            throw new IllegalArgumentException("A secret in the URL contains a % that is not part of an escape");
        }
    }
}
