package dev.crowdlab.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A fresh, empty database for one test, on a server that all tests of the JVM share; see {@link TestServer} for which
 * server that is. Thread-safe.
 */
public final class TestDatabase implements AutoCloseable {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final TestServer server;
    private final String name;

    private TestDatabase(TestServer server, String name) {
        this.server = server;
        this.name = name;
    }

    /** Takes the property that chooses the server away from the program, which would refuse it. */
    public static void hideChoice() {
        TestServer.kind();
    }

    /** Makes a database of its own. */
    public static TestDatabase create() {
        return on(TestServer.instance());
    }

    /** Makes a database of its own in another encoding than UTF8. */
    public static TestDatabase createEncoded(String encoding) {
        return on(TestServer.instance(), "template template0 encoding '" + encoding + "' locale 'C'");
    }

    /** Makes another database of what is in this one, on the same server; nobody may be at work in this one. */
    public TestDatabase copy() {
        return on(server, "template " + name + " strategy file_copy");
    }

    static TestDatabase on(TestServer server) {
        return on(server, "template template0 strategy file_copy");
    }

    private static TestDatabase on(TestServer server, String options) {
        String name = "test_" + NUMBER.incrementAndGet();
        server.execute("create database " + name + " " + options);
        return new TestDatabase(server, name);
    }

    public String url() {
        return server.url(name);
    }

    public String user() {
        return server.user();
    }

    /** Empty where the server trusts its own machine. */
    public String password() {
        return server.password();
    }

    /** Every call of {@code getConnection} opens a new connection, as the superuser. */
    public DataSource dataSource() {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(url());
        dataSource.setUser(user());
        dataSource.setPassword(password());
        return dataSource;
    }

    /** Runs statements, each in a transaction of its own, as the superuser. */
    public void execute(String... statements) throws SQLException {
        try (Connection connection = dataSource().getConnection();
                Statement command = connection.createStatement()) {
            for (String statement : statements) {
                command.execute(statement);
            }
        }
    }

    /** The first column of all rows of a query, as text. */
    public List<String> column(String query) throws SQLException {
        try (KeptSession session = new KeptSession(dataSource())) {
            return session.column(query);
        }
    }

    /** The major version of the server, such as {@code 17}. */
    public String majorVersion() {
        try (Connection connection = dataSource().getConnection()) {
            return Integer.toString(connection.getMetaData().getDatabaseMajorVersion());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends the database's sessions and drops it. */
    @Override
    public void close() {
        server.execute("drop database if exists " + name + " with (force)");
    }
}
