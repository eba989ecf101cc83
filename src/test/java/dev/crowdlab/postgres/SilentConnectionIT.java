package dev.crowdlab.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.crowdlab.testing.TestDatabase;
import dev.crowdlab.testing.Wire;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SilentConnectionIT {

    private static final String REASON =
            "A connection to the database was closed: nothing was sent or received for \\d+ s,"
                    + " and the server is not working on its statement";

    /** For example a rollback after the failure: the driver says no more than that the connection has been closed. */
    @Test
    @Timeout(60)
    @SuppressWarnings("try") // the watchdog's impatience is held, not used
    void whoeverUsesAConnectionThatWasGivenUpLearnsTheReason() throws Exception {
        try (TestDatabase database = TestDatabase.create();
                Wire wire = new Wire(database.url());
                Impatience impatience = new Impatience(Duration.ofSeconds(2));
                Connection connection = ConnectionFactory.of(
                                wire.url(database.url()), database.user(), database.password())
                        .getConnection();
                Statement statement = connection.createStatement()) {
            wire.silenceAt("select 17");
            assertThat(SqlErrors.sentence(catchThrowable(() -> statement.execute("select 17")))
                            .orElseThrow())
                    .matches(REASON);
            Throwable later = catchThrowable(connection::createStatement);
            assertThat(later).hasMessage("This connection has been closed.");
            assertThat(SqlErrors.sentence(later).orElseThrow()).matches(REASON);
        }
    }

    /** The network may fall silent while a run opens a further session: then nothing is wrong with the settings. */
    @Test
    @Timeout(60)
    @SuppressWarnings("try") // the wire is closed earlier, too
    void aServerThatAnsweredBeforeIsNotSaidToHaveWrongSettings() throws Exception {
        try (TestDatabase database = TestDatabase.create();
                Wire wire = new Wire(database.url())) {
            ConnectionFactory sessions = ConnectionFactory.of(
                    wire.url(database.url()) + "?loginTimeout=3", database.user(), database.password());
            sessions.reach();
            wire.silenceNewcomers();
            String answeredBefore = "The database of spring.datasource.url answered before and no longer does;"
                    + " check that the server runs, and the network to it. PostgreSQL: ";
            assertThatThrownBy(sessions::reach)
                    .hasMessage(answeredBefore + "Connection attempt timed out.")
                    .matches(SqlErrors::isTransient);
            wire.close();
            assertThatThrownBy(sessions::reach)
                    .hasMessageStartingWith(answeredBefore + "Connection to 127.0.0.1:")
                    .matches(SqlErrors::isTransient);
        }
    }
}
