package dev.crowdlab.trial;

import dev.crowdlab.postgres.Transaction;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/**
 * A generated dataset for newcomers: 800 support tickets, 740 of them labeled with one of six intents by two to five of 14
 * annotators, and a model's predictions for all. One annotator is careless, one confuses billing and refund, one labeled next
 * to nothing, and a few rows are of the kinds that a run refuses.
 */
public final class Sample {

    /** The name of the sample's dataset. */
    public static final String DATASET = "support-tickets";

    private static final String ANNOTATIONS =
            "copy crowdlab.annotation (dataset, example_id, annotator_id, label, annotated_at) from stdin (format csv)";
    private static final String PREDICTIONS =
            "copy crowdlab.prediction (dataset, example_id, label, probability) from stdin (format csv)";

    /** Whether the input tables contain no annotation of any dataset. */
    public static boolean isWanted(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select not exists (select from crowdlab.annotation)")) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    /** Adds the sample to the input tables, in one transaction. */
    public void load(DataSource dataSource) throws SQLException {
        SampleTickets tickets = new SampleTickets();
        Transaction.run(
                dataSource,
                connection -> copy(
                                connection,
                                ANNOTATIONS,
                                tickets.annotations().stream().map(row -> row.csv(DATASET)))
                        + copy(
                                connection,
                                PREDICTIONS,
                                tickets.predictions().stream().map(row -> row.csv(DATASET))));
    }

    private static long copy(Connection connection, String statement, Stream<String> rows) throws SQLException {
        String csv = rows.collect(Collectors.joining("\n"));
        try {
            return connection.unwrap(PGConnection.class).getCopyAPI().copyIn(statement, new StringReader(csv));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
