package dev.crowdlab.forget;

import dev.crowdlab.audit.ForgetRecords.Replacement;
import dev.crowdlab.publication.PublicationRefusedException;
import dev.crowdlab.retention.RetentionInUseException;
import dev.crowdlab.retention.RetentionSession;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Replaces the id of an annotator or example with a random pseudonym wherever schema crowdlab stores it, in one
 * transaction, and records the digests that change. The caller must hold the locks of the datasets.
 */
public final class Forgetting {

    private static final int PSEUDONYM_BYTES = 8;

    private static final String RECORD = """
            insert into crowdlab.forget_log (what, pseudonym, dataset, rows, digests, forgotten_at, forgotten_by, hash)
            values (:what, :pseudonym, :dataset, :rows, coalesce((
                select jsonb_agg(jsonb_build_object('run_id', d.run_id, 'table_name', d.table_name, 'old', d.old, 'new', d.new)
                    order by d.place)
                from unnest(cast(:runIds as bigint[]), cast(:tables as text[]), cast(:old as text[]), cast(:new as text[]))
                    with ordinality as d (run_id, table_name, old, new, place)), '[]'), now(), session_user, '')""";

    private final DataSource dataSource;
    private final List<TextPlace> elsewhere;
    private final SecureRandom random = new SecureRandom();

    /**
     * @param dataSource connections of the schema's owner
     * @param elsewhere texts that may mention ids in tables other than those of results and runs
     */
    public Forgetting(DataSource dataSource, List<TextPlace> elsewhere) {
        this.dataSource = dataSource;
        this.elsewhere = List.copyOf(elsewhere);
    }

    /**
     * What was replaced.
     *
     * @param pseudonym the replacement of the id
     * @param rows number of changed rows, by table
     * @param doubts one sentence for each row or table that someone else had already changed
     */
    public record Outcome(String pseudonym, Map<String, Long> rows, List<String> doubts) {

        /** Collections are copied. */
        public Outcome {
            rows = new TreeMap<>(rows);
            doubts = List.copyOf(doubts);
        }
    }

    /**
     * Requires a member of the role that owns the schema, since only that role may change closed runs.
     *
     * @throws PublicationRefusedException if the user is not a member
     */
    public void requireOwner() {
        SchemaOwner.require(dataSource, "forget");
    }

    /**
     * Returns the datasets that contain an id, by name.
     *
     * @param only the only dataset to search; empty: all
     */
    public SortedSet<String> datasets(Subject subject, Optional<String> only) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            SingleConnectionDataSource session = new SingleConnectionDataSource(connection, true);
            TransactionTemplate transaction = new TransactionTemplate(new DataSourceTransactionManager(session));
            IdSearch search = new IdSearch(session, subject, elsewhere);
            SortedSet<String> found = new TreeSet<>();
            for (String dataset : only.map(List::of).orElseGet(search::datasets)) {
                if (Boolean.TRUE.equals(transaction.execute(status -> search.finds(dataset)))) {
                    found.add(dataset);
                }
            }
            return found;
        }
    }

    /**
     * Replaces the id in these datasets.
     *
     * @param only the dataset that the user named; empty: all
     * @throws RetentionInUseException if another session keeps removing old results
     * @throws dev.crowdlab.postgres.ForeignCodeException if using a table could run code that the program did not create
     */
    @SuppressWarnings("try") // the lock is held, not used
    public Outcome forget(Subject subject, Collection<String> datasets, Optional<String> only) throws SQLException {
        String pseudonym = pseudonym(subject.kind());
        try (RetentionSession lock = RetentionSession.open(dataSource);
                Connection connection = dataSource.getConnection()) {
            SingleConnectionDataSource session = new SingleConnectionDataSource(connection, true);
            return new TransactionTemplate(new DataSourceTransactionManager(session)).execute(status -> {
                JdbcClient jdbc = JdbcClient.create(session);
                jdbc.sql("set local crowdlab.forgetting = 'on'").update();
                Pseudonymization work = new Pseudonymization(session, subject, pseudonym, elsewhere);
                datasets.forEach(work::replaceIn);
                record(jdbc, subject, only, work);
                work.renewStatistics();
                return new Outcome(pseudonym, work.rows(), work.doubts());
            });
        }
    }

    private static void record(JdbcClient jdbc, Subject subject, Optional<String> only, Pseudonymization work) {
        List<Replacement> digests = work.replacements();
        jdbc.sql(RECORD)
                .param("what", subject.kind().word())
                .param("pseudonym", work.pseudonym())
                .param("dataset", only.orElse(null), Types.VARCHAR)
                .param(
                        "rows",
                        work.rows().values().stream().mapToLong(Long::longValue).sum())
                .param("runIds", digests.stream().map(Replacement::runId).toArray(Long[]::new))
                .param("tables", digests.stream().map(Replacement::table).toArray(String[]::new))
                .param("old", digests.stream().map(Replacement::before).toArray(String[]::new))
                .param("new", digests.stream().map(Replacement::after).toArray(String[]::new))
                .update();
    }

    /** Returns a pseudonym that is not in use. */
    private String pseudonym(Subject.Kind kind) throws SQLException {
        String pseudonym;
        do {
            byte[] bytes = new byte[PSEUDONYM_BYTES];
            random.nextBytes(bytes);
            pseudonym = "forgotten-" + HexFormat.of().formatHex(bytes);
        } while (!datasets(new Subject(kind, pseudonym), Optional.empty()).isEmpty());
        return pseudonym;
    }
}
