package dev.crowdlab.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class FreshDatabaseIT {

    @Test
    void everyTestHasADatabaseOfItsOwn() throws SQLException {
        try (TestDatabase first = TestDatabase.create();
                TestDatabase second = TestDatabase.create()) {
            execute(first, "create table mine ()");
            execute(second, "create table mine ()");
            assertThat(first.url()).isNotEqualTo(second.url());
            assertThat(first.majorVersion()).isEqualTo(second.majorVersion()).isIn("17", "18");
        }
    }

    @Test
    void isEmptyAndInUtf8() throws SQLException {
        try (TestDatabase database = TestDatabase.create();
                Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select current_setting('server_encoding'), count(*)"
                        + " from pg_class where relnamespace = 'public'::regnamespace")) {
            rows.next();
            assertThat(rows.getString(1)).isEqualTo("UTF8");
            assertThat(rows.getInt(2)).isZero();
        }
    }

    @Test
    void isDroppedThoughASessionIsOpen() throws SQLException {
        TestDatabase database = TestDatabase.create();
        try (Connection left = database.dataSource().getConnection()) {
            assertThat(left.isValid(1)).isTrue();
            database.close();
        }
        assertThatThrownBy(() -> database.dataSource().getConnection()).isInstanceOf(SQLException.class);
    }

    @Test
    void anUnknownKindOfServerIsNamed() {
        assertThatThrownBy(() -> TestServer.start("oracle"))
                .hasMessageContaining("-Dcrowdlab.test.database=oracle")
                .hasMessageContaining("testcontainers or embedded");
    }

    private static void execute(TestDatabase database, String statement) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement command = connection.createStatement()) {
            command.execute(statement);
        }
    }
}
