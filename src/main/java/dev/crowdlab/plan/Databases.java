package dev.crowdlab.plan;

import dev.crowdlab.postgres.ConnectionFactory;
import dev.crowdlab.settings.DatasetSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The two databases, which may be the same.
 *
 * @param result the database with the results and built-in tables
 * @param source the database in which input queries run
 * @param lockTimeout how long reading input waits for a lock; zero: without limit
 */
public record Databases(ConnectionFactory result, ConnectionFactory source, Duration lockTimeout) {

    /** Connections that read the input of a dataset as of a given time. */
    public ConnectionFactory input(DatasetSettings dataset, Instant asOf) {
        return input(dataset.name(), dataset.isBuiltIn(), dataset.inputRules().classes(), asOf);
    }

    /**
     * The same where the settings are not at hand.
     *
     * @param isBuiltIn whether the rows come from the built-in input tables
     * @param classes those that are configured
     */
    public ConnectionFactory input(String dataset, boolean isBuiltIn, List<String> classes, Instant asOf) {
        return (isBuiltIn ? result : source)
                .with("crowdlab.dataset", dataset)
                .with("crowdlab.as_of", asOf.toString())
                .with("crowdlab.classes", array(classes))
                .with("lock_timeout", milliseconds(lockTimeout));
    }

    /** Connections that list the datasets in the built-in tables. */
    public ConnectionFactory listing() {
        return result.with("lock_timeout", milliseconds(lockTimeout));
    }

    /** Formats a PostgreSQL timeout: 0 means no limit, and the maximum is 24 days. */
    private static String milliseconds(Duration limit) {
        long most = Math.min(limit.toSeconds(), Integer.MAX_VALUE / 1_000) * 1_000;
        return Long.toString(limit.isZero() ? 0 : Math.max(1, most == 0 ? limit.toMillis() : most));
    }

    /** Formats an array as PostgreSQL reads a text[]. */
    private static String array(List<String> texts) {
        return texts.stream()
                .map(text -> '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "{", "}"));
    }

    /**
     * Connections to the result database for looking at migrations: in the owner's role if possible, otherwise as the
     * login user, who may at least read.
     */
    public ConnectionFactory migration() {
        return result.asOwnerOf("run", "label_quality").with("application_name", "crowdlab-etl migration");
    }
}
