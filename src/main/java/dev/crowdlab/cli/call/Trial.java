package dev.crowdlab.cli.call;

import dev.crowdlab.settings.DatasetSettings;
import dev.crowdlab.settings.EmbeddedSettings;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The additions of the trial program to the program for nightly use: a PostgreSQL of its own, a sample, and commands
 * for both.
 */
public interface Trial {

    /** Whether its database exists, running or not. */
    boolean hasDatabase(EmbeddedSettings settings);

    /** Starts its database, which is created if necessary. */
    OwnDatabase start(EmbeddedSettings settings);

    /**
     * Loads a sample into a database without annotations.
     *
     * @return what was loaded; empty if there were annotations
     */
    Optional<LoadedSample> loadSample(DataSource database) throws SQLException;

    /** The lines of the help text that describe the program. */
    List<String> description();

    /** Additional commands, for picocli. */
    List<Object> commands();

    /**
     * A sample that was loaded.
     *
     * @param sentence says so
     * @param past the nights from which it has a history
     */
    record LoadedSample(String sentence, PastNights past) {}

    /**
     * Nights before a dataset's first plain run.
     *
     * @param dataset how the dataset is read as of a moment
     * @param moments when they were, oldest first
     */
    record PastNights(DatasetSettings dataset, List<Instant> moments) {

        /** The list is copied. */
        public PastNights {
            moments = List.copyOf(moments);
        }
    }

    /** A server that was started for this process and is stopped with it. Its user has all rights. */
    interface OwnDatabase extends AutoCloseable {

        /** The absolute path of its directory. */
        Path directory();

        /** The JDBC URL of the database. */
        String jdbcUrl();

        String user();

        String password();

        /** The psql command that opens the database in a terminal. */
        String psqlCommand();

        /** Suggestions of what to do next, one per line. */
        List<String> hints();

        /** Stops the server cleanly. */
        @Override
        void close();
    }
}
