package dev.crowdlab.trial;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A running server and its password. */
record EmbeddedAccess(EmbeddedPostgres server, EmbeddedPassword password) {

    String port() {
        return Integer.toString(server.getPort());
    }

    Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(
                EmbeddedAddress.jdbcUrl(port(), database), EmbeddedAddress.USER, password.value());
    }
}
