package dev.crowdlab.spark;

import static java.util.Objects.requireNonNull;

import dev.crowdlab.plan.Databases;
import dev.crowdlab.postgres.ConnectionFactory;
import dev.crowdlab.settings.SourceSettings;
import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The databases of the settings, in a form that can be sent to executors. It contains passwords, as the settings do.
 *
 * @param url of the result database; null if there is none
 * @param sourceUrl of the database that holds the annotations; null: the result database
 * @param lockTimeout how long reading waits for a lock
 */
record SharedDatabases(
        @Nullable String url,
        @Nullable String user,
        @Nullable String password,
        @Nullable String sourceUrl,
        @Nullable String sourceUser,
        @Nullable String sourcePassword,
        Duration lockTimeout)
        implements Serializable {

    static SharedDatabases of(ClusterSettings settings) {
        SourceSettings source = settings.program().source().orElse(null);
        return new SharedDatabases(
                settings.url(),
                settings.user(),
                settings.password(),
                source == null ? null : source.url(),
                source == null ? null : source.username(),
                source == null ? null : source.password(),
                settings.program().lockTimeout());
    }

    /**
     * Opens them.
     *
     * @throws NullPointerException if there is no result database
     */
    Databases open() {
        ConnectionFactory connections = ConnectionFactory.of(requireNonNull(url), user, password);
        ConnectionFactory source =
                sourceUrl == null ? connections : ConnectionFactory.ofSource(sourceUrl, sourceUser, sourcePassword);
        return new Databases(connections.withoutSearchPath().asOwnerOf("label_quality"), source, lockTimeout);
    }

    /** Never shows a password. */
    @Override
    public String toString() {
        return "databases of the settings";
    }
}
