package dev.crowdlab.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** A PostgreSQL for one test that wants it set up in its own way, from the embedded binaries. */
public final class OwnServer implements AutoCloseable {

    private final Path data;
    private final EmbeddedPostgres postgres;

    private OwnServer(Path data, EmbeddedPostgres postgres) {
        this.data = data;
        this.postgres = postgres;
    }

    /**
     * Starts a server.
     *
     * @param data its directory, made if missing; who closes the server keeps it
     * @param settings of postgresql.conf
     */
    public static OwnServer start(Path data, Map<String, String> settings) throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setLocaleConfig("locale", "C")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "");
        settings.forEach(builder::setServerConfig);
        return new OwnServer(data, builder.start());
    }

    /** Starts a hot standby on the data of a server that was closed: it waits for more, and lets nobody write. */
    public static OwnServer standby(Path data) throws IOException {
        Files.createFile(data.resolve("standby.signal"));
        return start(data, Map.of());
    }

    /** Starts a hot standby on a copy of the primary's data, which streams from there. */
    public static OwnServer standby(Path data, OwnServer primary) throws IOException {
        Files.writeString(
                data.resolve("postgresql.auto.conf"),
                "primary_conninfo = 'host=127.0.0.1 user=postgres port=" + primary.port() + "'\n",
                StandardOpenOption.APPEND);
        return standby(data);
    }

    /** Lets in who comes by one of these rules of pg_hba.conf. */
    public void admit(String rules) throws IOException, SQLException {
        Files.writeString(data.resolve("pg_hba.conf"), rules);
        execute("select pg_reload_conf()");
    }

    /** The URL of the database postgres. */
    public String url(String host) {
        return "jdbc:postgresql://" + host + ":" + postgres.getPort() + "/postgres";
    }

    public int port() {
        return postgres.getPort();
    }

    public void execute(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url("127.0.0.1"), "postgres", "");
                Statement command = connection.createStatement()) {
            for (String statement : statements) {
                command.execute(statement);
            }
        }
    }

    /** The only value of a query, as text. */
    public String value(String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url("127.0.0.1"), "postgres", "");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
