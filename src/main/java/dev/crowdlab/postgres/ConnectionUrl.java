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

/** What can be said of a JDBC URL before anybody connects, without quoting it: a URL may hold a password. */
public final class ConnectionUrl {

    private static final String PREFIX = "jdbc:postgresql:";
    private static final Pattern USER_BEFORE_HOST = Pattern.compile("jdbc:postgresql://[^?]*@.*", Pattern.DOTALL);

    /** Looked at before the driver does, which logs what it takes for a port: it may be part of a password. */
    private static final Pattern HOST_AND_PORT = Pattern.compile("(\\[[^]]*]|[^:]*)(:\\d*)?");

    private static final List<String> SECRETS = List.of("password", "sslpassword");

    private ConnectionUrl() {}

    /** Why the URL cannot be used, to be said after the name of its setting; empty if it can. */
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
     * Takes the secrets out of a URL, because the driver logs and quotes URLs, never properties.
     *
     * @param properties gets the secrets, which go before those it has, as with the driver
     * @return the URL without them
     * @throws IllegalArgumentException if a secret holds a % that is no escape
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
            throw new IllegalArgumentException("A secret in the URL holds a % that is no escape");
        }
    }
}
