package dev.crowdlab.plan;

import dev.crowdlab.engine.share.GoldSample;
import dev.crowdlab.text.UsageException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

/** The examples of a published dataset in the order in which experts are asked for gold, see {@link GoldSample}. Only reads. */
public final class GoldOrder {

    private static final int FETCHED_ROWS = 5_000;
    private static final int ROOM = 100_000;

    private static final String EXAMPLES = "select l.example_id from crowdlab_bi.label_quality l where l.dataset = ?";

    /** The ids come with the session, since a question mark in the query is an operator, not a parameter. */
    private static final String IDS =
            "select pg_catalog.set_config('crowdlab.example_ids', ?::pg_catalog.text[]::pg_catalog.text, true)";

    private final GoldSample sample;

    /** @param seed of the order */
    public GoldOrder(String seed) {
        sample = new GoldSample(seed);
    }

    /**
     * Those to ask first.
     *
     * @param exampleIds the first ids in the order
     * @param exampleCount number of labeled examples
     * @param at when they were looked up
     */
    public record Asked(List<String> exampleIds, long exampleCount, Instant at) {

        /** Lists are copied. */
        public Asked {
            exampleIds = List.copyOf(exampleIds);
        }
    }

    /**
     * Returns the first examples. Needs memory for them and for some more, however many there are.
     *
     * @param count how many are wanted, at least 1
     * @throws UsageException if the dataset is not published
     */
    public Asked first(DataSource sessions, String dataset, int count) throws SQLException {
        List<String> first = new ArrayList<>();
        long all = 0;
        Instant at;
        try (Connection connection = sessions.getConnection()) {
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            try (PreparedStatement statement = connection.prepareStatement(EXAMPLES)) {
                statement.setFetchSize(FETCHED_ROWS);
                statement.setString(1, dataset);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        first.add(rows.getString(1));
                        all++;
                        if (first.size() >= count + (long) ROOM) {
                            first = new ArrayList<>(sample.first(first, count));
                        }
                    }
                }
            }
            at = now(connection);
            connection.rollback();
        }
        if (all == 0) {
            throw new UsageException("Dataset '" + dataset + "' has no published label, so there is nobody to ask about"
                    + " anything; the command datasets lists what is published");
        }
        return new Asked(sample.first(first, count), all, at);
    }

    private static Instant now(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select pg_catalog.now()");
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getObject(1, OffsetDateTime.class).toInstant();
        }
    }

    /**
     * Returns which of the examples have gold.
     *
     * @param query returns example_id and label
     * @param input connections that run it
     */
    public static Set<String> answered(DataSource input, String query, Collection<String> exampleIds)
            throws SQLException {
        Set<String> answered = new HashSet<>();
        try (Connection connection = input.getConnection()) {
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            try (PreparedStatement ids = connection.prepareStatement(IDS)) {
                ids.setArray(1, connection.createArrayOf("text", exampleIds.toArray()));
                ids.execute();
            }
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(
                            "select distinct q.example_id::pg_catalog.text\nfrom (\n" + query + "\n) as q\n"
                                    + "where q.label is not null and q.example_id::pg_catalog.text operator(pg_catalog.=)"
                                    + " any (pg_catalog.current_setting('crowdlab.example_ids')::pg_catalog.text[])")) {
                while (rows.next()) {
                    answered.add(rows.getString(1));
                }
            }
            connection.rollback();
        }
        return answered;
    }
}
