package dev.crowdlab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crowdlab.postgres.ConnectionFactory;
import dev.crowdlab.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OrphanedSessionsIT {

    private static final String PASSWORD = "secret";

    private TestDatabase database;

    @BeforeEach
    void createUsers() throws SQLException {
        database = TestDatabase.create();
        database.execute(
                "create role sessions_it_writer",
                "create user sessions_it_a password '" + PASSWORD + "' in role sessions_it_writer",
                "create user sessions_it_b password '" + PASSWORD + "' in role sessions_it_writer",
                "create user sessions_it_stranger password '" + PASSWORD + "'",
                "create schema crowdlab",
                "grant usage on schema crowdlab to sessions_it_writer",
                "create table crowdlab.label_quality ()",
                "alter table crowdlab.label_quality owner to sessions_it_writer");
    }

    @AfterEach
    void drop() throws SQLException {
        database.execute("drop owned by sessions_it_writer cascade");
        database.execute("drop role sessions_it_a, sessions_it_b, sessions_it_stranger, sessions_it_writer");
        database.close();
    }

    @Test
    void theUsersOwnAreEnded() throws Exception {
        try (Connection left = session("sessions_it_a", 7);
                Connection other = session("sessions_it_a", 8)) {
            sessionsOf("sessions_it_a", Duration.ofSeconds(5)).end(7);
            assertThat(left.isValid(5)).isFalse();
            assertThat(other.isValid(5)).isTrue();
        }
    }

    @Test
    void thoseOfAnotherUserAreWaitedForAndNamedIfTheyStay() throws Exception {
        try (Connection left = session("sessions_it_a", 7)) {
            OrphanedSessions impatient = sessionsOf("sessions_it_b", Duration.ofMillis(300));
            assertThatThrownBy(() -> impatient.end(7))
                    .hasMessageContaining("Run 7 left sessions behind")
                    .hasMessageContaining(" of user sessions_it_a")
                    .hasMessageContaining("pg_terminate_backend");
            assertThat(left.isValid(5)).isTrue();
        }
        sessionsOf("sessions_it_b", Duration.ofSeconds(5)).end(7);
    }

    @Test
    void whoeverOnlyNamesItsSessionLikeARunsIsLetAlone() throws Exception {
        try (Connection stranger = session("sessions_it_stranger", 7)) {
            sessionsOf("sessions_it_b", Duration.ZERO).end(7);
            assertThat(stranger.isValid(5)).isTrue();
        }
    }

    private OrphanedSessions sessionsOf(String user, Duration longestWait) {
        return new OrphanedSessions(ConnectionFactory.of(database.url(), user, PASSWORD), longestWait);
    }

    private Connection session(String user, long runId) throws SQLException {
        return ConnectionFactory.of(database.url(), user, PASSWORD)
                .with("application_name", RunLedger.sessionName(runId))
                .getConnection();
    }
}
