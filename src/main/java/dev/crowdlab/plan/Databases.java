package dev.crowdlab.plan;

import dev.crowdlab.postgres.ConnectionFactory;
import dev.crowdlab.settings.DatasetSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The two databases, which may be one.
 *
 * @param result where results and built-in tables live
 * @param source where queries are asked
 * @param lockTimeout how long input waits for a lock; zero: without limit
 */
public record Databases(ConnectionFactory result, ConnectionFactory source, Duration lockTimeout) {

    /** Sessions that read the input of a dataset as of a moment. */
    public ConnectionFactory input(DatasetSettings dataset, Instant asOf) {
        return (dataset.isBuiltIn() ? result : source)
                .with("crowdlab.dataset", dataset.name())
                .with("crowdlab.as_of", asOf.toString())
                .with("crowdlab.classes", array(dataset.inputRules().classes()))
                .with("lock_timeout", milliseconds(lockTimeout));
    }

    /** Sessions that look what there is in the built-in tables. */
    public ConnectionFactory listing() {
        return result.with("lock_timeout", milliseconds(lockTimeout));
    }

    /** Of a setting of PostgreSQL, to which 0 means without limit, and which ends at 24 days. */
    private static String milliseconds(Duration limit) {
        long most = Math.min(limit.toSeconds(), Integer.MAX_VALUE / 1_000) * 1_000;
        return Long.toString(limit.isZero() ? 0 : Math.max(1, most == 0 ? limit.toMillis() : most));
    }

    /** As PostgreSQL reads a text[]. */
    private static String array(List<String> texts) {
        return texts.stream()
                .map(text -> '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "{", "}"));
    }

    /**
     * The result database as migrations see it: in the owner's role, else as whoever may at least look.
     */
    public ConnectionFactory migration() {
        return result.asOwnerOf("run", "label_quality").with("application_name", "crowdlab-etl migration");
    }
}
