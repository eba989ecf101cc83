package dev.crowdlab.cli;

import dev.crowdlab.settings.EmbeddedSettings;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** What the program for trying has beyond that for the night: a PostgreSQL of its own, a sample, and commands for them. */
public interface Trial {

    /** Whether its database has been made, running or not. */
    boolean hasDatabase(EmbeddedSettings settings);

    /** Starts its database; makes it if need be. */
    OwnDatabase start(EmbeddedSettings settings);

    /**
     * Loads a sample into a database that holds no annotations.
     *
     * @return a sentence that says so; empty: there was no need
     */
    Optional<String> loadSample(DataSource database) throws SQLException;

    /** What the program does, in the lines of its help. */
    List<String> description();

    /** Commands that only this program has, for picocli. */
    List<Object> commands();

    /** A server that was started for this process and ends with it. Its user may do everything. */
    interface OwnDatabase extends AutoCloseable {

        /** The URL of the database. */
        String jdbcUrl();

        /** Its user. */
        String user();

        /** The user's password. */
        String password();

        /** The command that opens the database in a terminal. */
        String psqlCommand();

        /** What somebody may want to do next, line by line. */
        List<String> hints();

        /** Stops the server in good order. */
        @Override
        void close();
    }
}
