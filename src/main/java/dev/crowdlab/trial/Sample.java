package dev.crowdlab.trial;

import dev.crowdlab.cli.call.Trial.PastNights;
import dev.crowdlab.settings.DatasetSettings;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A generated dataset for newcomers: 800 support tickets, 740 of them labeled with one of six intents by two to five of
 * 14 annotators in the course of eight weeks, and a model's predictions for all. One annotator is careless, one
 * confuses billing and refund, one labels at random from the sixth week on, one copies from another, one has just
 * begun, and a few rows are of the kinds that a run refuses.
 *
 * <p>The eight weeks are those before the week in which the sample is loaded, by the database server's clock and in
 * UTC. So dashboards show something recent, and the same numbers per week regardless of the day of the run.
 */
public final class Sample {

    /** The name of the sample's dataset. */
    public static final String DATASET = "support-tickets";

    private static final String ANNOTATIONS =
            "copy crowdlab.annotation (dataset, example_id, annotator_id, label, annotated_at) from stdin (format csv)";
    private static final String PREDICTIONS =
            "copy crowdlab.prediction (dataset, example_id, label, probability) from stdin (format csv)";

    /** The labels that were there at the moment which a run describes. */
    private static final String ANNOTATIONS_OF_A_NIGHT = """
            select example_id, annotator_id, label, annotated_at
            from crowdlab.annotation
            where dataset = 'support-tickets' and annotated_at < current_setting('crowdlab.as_of')::timestamptz""";

    private static final String PREDICTIONS_OF_A_NIGHT = """
            select example_id, model, label, probability
            from crowdlab.prediction
            where dataset = 'support-tickets'""";

    /** How many weeks before the day of loading the past nights are, oldest first. */
    private static final int[] WEEKS_AGO = {5, 4, 3, 2, 1};

    private static final Duration NIGHT = Duration.ofHours(2);

    /** Whether the input tables contain no annotation of any dataset. */
    public static boolean isWanted(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select not exists (select from crowdlab.annotation)")) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    /**
     * Adds the sample to the input tables, in one transaction.
     *
     * @return the nights from which it can have a history
     */
    public PastNights load(DataSource dataSource) throws SQLException {
        LocalDate day = today(dataSource);
        SampleTickets tickets = new SampleTickets(day);
        JdbcTemplate jdbc = new JdbcTemplate(dataSource);
        new TransactionTemplate(new DataSourceTransactionManager(dataSource)).executeWithoutResult(status -> {
            copy(jdbc, ANNOTATIONS, tickets.annotations().stream().map(row -> row.csv(DATASET)));
            copy(jdbc, PREDICTIONS, tickets.predictions().stream().map(row -> row.csv(DATASET)));
        });
        List<Instant> moments = Arrays.stream(WEEKS_AGO)
                .mapToObj(weeks -> SampleTickets.monday(day, weeks).plus(NIGHT))
                .toList();
        return new PastNights(asOfANight(), moments);
    }

    /** The dataset as it is read for a night in the past; the plain one of the built-in tables has all its rows. */
    private static DatasetSettings asOfANight() {
        DatasetSettings plain = DatasetSettings.builtIn(DATASET);
        return new DatasetSettings(
                DATASET,
                ANNOTATIONS_OF_A_NIGHT,
                PREDICTIONS_OF_A_NIGHT,
                plain.inputRules(),
                plain.methods(),
                plain.checks(),
                plain.timeout());
    }

    private static LocalDate today(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select (now() at time zone 'UTC')::date")) {
            rows.next();
            return rows.getObject(1, LocalDate.class);
        }
    }

    private static void copy(JdbcTemplate jdbc, String statement, Stream<String> rows) {
        String csv = rows.collect(Collectors.joining("\n"));
        jdbc.execute((Connection connection) -> {
            try {
                return connection.unwrap(PGConnection.class).getCopyAPI().copyIn(statement, new StringReader(csv));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
