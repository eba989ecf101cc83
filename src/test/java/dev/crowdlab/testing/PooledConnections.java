package dev.crowdlab.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The sessions that a pooler in transaction mode keeps, as the applications that share them find them. */
public final class PooledConnections {

    private static final String STATE = """
            select pg_backend_pid() || '', current_setting('search_path'), current_setting('role'),
                current_setting('statement_timeout'), current_setting('idle_in_transaction_session_timeout'),
                (select count(*) from pg_locks where locktype = 'advisory'), to_regnamespace('crowdlab')""";

    private final String url;
    private final String user;

    public PooledConnections(String url, String user) {
        this.url = url;
        this.user = user;
    }

    /** The program, told to work through the pooler, refuses to, and leaves nothing behind, in any of the sessions. */
    public void assertRefused(int size, String... commands) throws SQLException {
        for (String command : commands) {
            Program.Result result = Program.withoutDatabase()
                    .with("spring.datasource.url", url)
                    .with("spring.datasource.username", user)
                    .call(command);
            assertThat(result.exitCode())
                    .as(command + result.out() + result.err())
                    .isEqualTo(2);
            assertThat(result.err().lines()).as(result.err()).hasSize(1);
            assertThat(result.err())
                    .startsWith("The database of spring.datasource.url is reached through a pooler that gives every"
                            + " transaction another session");
        }
        assertThat(states(size)).containsExactly("\"$user\", public|none|0|0|0|null");
    }

    /** How each of the sessions is, without what tells them apart. */
    private Set<String> states(int size) throws SQLException {
        List<Connection> clients = new ArrayList<>();
        Set<String> backends = new TreeSet<>();
        Set<String> states = new TreeSet<>();
        try {
            for (int client = 0; client < size; client++) {
                Connection connection = DriverManager.getConnection(url, user, "");
                clients.add(connection);
                connection.setAutoCommit(false);
                try (Statement statement = connection.createStatement();
                        ResultSet rows = statement.executeQuery(STATE)) {
                    rows.next();
                    backends.add(rows.getString(1));
                    List<String> values = new ArrayList<>();
                    for (int column = 2; column <= rows.getMetaData().getColumnCount(); column++) {
                        values.add(String.valueOf(rows.getString(column)));
                    }
                    states.add(String.join("|", values));
                }
            }
        } finally {
            for (Connection client : clients) {
                client.close();
            }
        }
        assertThat(backends).hasSize(size);
        return states;
    }

    /** Keeps as many clients busy with short transactions while something else is done. */
    public void whileBusy(int clients, Work work) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(clients);
        try {
            List<Future<Void>> busy = new ArrayList<>();
            for (int client = 0; client < clients; client++) {
                busy.add(executor.submit(this::transactions));
            }
            work.run();
            assertThat(busy).noneMatch(Future::isDone);
        } finally {
            executor.shutdownNow();
            assertThat(executor.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    private Void transactions() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("prepareThreshold", "0"); // such statements belong to a session
        try (Connection connection = DriverManager.getConnection(url, properties);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            while (!Thread.currentThread().isInterrupted()) {
                statement.execute("select pg_sleep(random() * 0.002)");
                statement.execute("select 1");
                connection.commit();
            }
            return null;
        }
    }

    /** What may fail. */
    public interface Work {
        void run() throws Exception;
    }
}
