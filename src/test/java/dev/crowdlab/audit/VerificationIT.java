package dev.crowdlab.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.audit.Tampering.Column;
import dev.crowdlab.postgres.ConnectionFactory;
import dev.crowdlab.results.ResultTableDefinitions;
import dev.crowdlab.results.SummaryTable;
import dev.crowdlab.results.SummaryTables;
import dev.crowdlab.results.copy.Kept;
import dev.crowdlab.results.copy.ResultTableDefinition;
import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Slow;
import dev.crowdlab.testing.Warehouse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Whatever a superuser changes of what a kept run recorded is found, and what the program itself does is not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VerificationIT {

    /** The first run of zebras, which has lost its large tables; those of colors are named for what became of them. */
    private static final long ZEBRAS_PURGED = 2;

    private static final long WITH_MACHINES = 3;
    private static final long CHANGED = 4;
    private static final long SKIPPED = 5;
    private static final long REFUSED = 6;
    private static final long FAILED = 7;

    /** With gold that calls nearly everything red, so that labels change. */
    private static final String[] WITH_GOLD = {
        "--dataset",
        "colors",
        "--crowdlab.datasets.colors.annotations-query=select prefix || example_id as example_id, annotator_id, label,"
                + " annotated_at from crowdlab.annotation, unnest(array['', 'f', 'g', 'h']) prefix where dataset = 'colors'",
        "--crowdlab.datasets.colors.predictions-query=select prefix || example_id as example_id, model, label, probability"
                + " from crowdlab.prediction, unnest(array['', 'f', 'g', 'h']) prefix where dataset = 'colors'",
        "--crowdlab.datasets.colors.gold-query=select prefix || 'e' || e as example_id,"
                + " case e when 1 then 'green' else 'red' end as label"
                + " from generate_series(1, 20) e, unnest(array['', 'f', 'g', 'h']) prefix",
        "--crowdlab.datasets.colors.use-gold=anchor",
        "--crowdlab.datasets.colors.gold-minimum=50"
    };

    private Warehouse warehouse;
    private Tampering tampering;
    private Verification verification;

    @BeforeAll
    void makeSomeHistory() throws SQLException {
        warehouse = Warehouse.with("colors", "zebras");
        warehouse.execute("update crowdlab.annotation set annotated_at = '2026-03-02 09:00+00'");
        run(0);
        run(
                0,
                "--dataset",
                "zebras",
                "--force",
                "--crowdlab.retention.runs=1",
                "--crowdlab.retention.grace=0s",
                "--crowdlab.datasets.zebras.machines=a4,a5",
                "--crowdlab.datasets.zebras.annotations-query=select prefix || example_id as example_id, annotator_id, label,"
                        + " annotated_at from crowdlab.annotation, unnest(array['', 'f', 'g', 'h']) prefix where dataset = 'zebras'",
                "--crowdlab.datasets.zebras.predictions-query=select prefix || example_id as example_id, model, label,"
                        + " probability from crowdlab.prediction, unnest(array['', 'f', 'g', 'h']) prefix"
                        + " where dataset = 'zebras'");
        warehouse.relabel("colors", "e3", "red");
        run(0, WITH_GOLD);
        run(0, WITH_GOLD);
        run(3, "--dataset", "colors", "--force", "--crowdlab.datasets.colors.checks.min-examples=1000");
        run(
                1,
                "--dataset",
                "colors",
                "--crowdlab.datasets.colors.annotations-query=select 'e' as example_id,"
                        + " 'a' as annotator_id, (1 / (n - 1))::text as label from generate_series(1, 2) n");
        assertThat(warehouse.statuses())
                .containsExactly("PUBLISHED", "PUBLISHED", "PUBLISHED", "PUBLISHED", "SKIPPED", "REFUSED", "FAILED");
        Connection connection = ConnectionFactory.of(
                        warehouse.database().url(),
                        warehouse.database().user(),
                        warehouse.database().password())
                .withoutSearchPath()
                .getConnection();
        tampering = new Tampering(connection);
        verification = new Verification(new SingleConnectionDataSource(connection, true));
    }

    private void run(int exitCode, String... options) {
        String[] words = Stream.concat(Stream.of("run"), Stream.of(options)).toArray(String[]::new);
        boolean storesAll = Arrays.equals(options, WITH_GOLD);
        Program program = warehouse.program();
        Program.Result result = (storesAll ? program.with("crowdlab.datasets.colors.stop.at", "0.85") : program)
                .with("crowdlab.datasets.colors.consensus-methods", "committee,best_quality")
                .with("crowdlab.datasets.colors.store-posterior", String.valueOf(storesAll))
                .with("crowdlab.datasets.colors.store-soft-labels", String.valueOf(storesAll))
                .with("crowdlab.datasets.zebras.consensus-methods", "committee,best_quality")
                .call(words);
        assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(exitCode);
    }

    @AfterAll
    void drop() throws SQLException {
        tampering.close();
        warehouse.close();
    }

    @AfterEach
    void undo() throws SQLException {
        tampering.undo();
    }

    private List<IntegrityViolation> differences() throws SQLException {
        return verification.verify(Optional.empty()).differences();
    }

    private Stream<String> tables() throws SQLException {
        return tampering.tables().stream();
    }

    @Test
    void whatTheProgramDidIsNoDifference() throws SQLException {
        List<ResultTableDefinition> summaries = SummaryTables.writtenWith(Set.of()).stream()
                .<ResultTableDefinition>map(SummaryTable::definition)
                .toList();
        long removed = 4
                + summaries.stream()
                        .filter(table -> table.kept() == Kept.WITH_PARTITIONS)
                        .count();
        long written = 2L * (4 + summaries.size())
                + 7; // the findings of both; changes and four tables of machines of the second
        Program.Result result = warehouse.program().call("verify");
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        assertThat(result.out())
                .containsPattern("colors +5 +\\d+ +\\d+ +7 +" + hash(FAILED))
                .containsPattern("zebras +2 +\\d+ +" + removed + " +3 +" + hash(3))
                .contains("found no difference")
                .contains(
                        "This cannot detect that the newest runs were cut off, or that a superuser rewrote everything");
        assertThat(warehouse.program().call("verify", "--dataset", "zebras").out())
                .contains("Verified 1 dataset with 2 closed runs: computed " + (written - removed)
                        + " tables again, besides " + removed + " that")
                .doesNotContain("colors");
        assertThat(tampering.tables())
                .as("nothing is left out because it is empty")
                .allSatisfy(table -> assertThat(tampering.runs(table)).as(table).containsAnyOf(CHANGED, WITH_MACHINES));
    }

    private String hash(long runId) throws SQLException {
        return warehouse.value("select hash from crowdlab.run where run_id = " + runId);
    }

    @Test
    void anUnknownDatasetIsAUsageError() {
        Program.Result result = warehouse.program().call("verify", "--dataset", "zebra");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err().strip())
                .isEqualTo(
                        "There is no run of a dataset 'zebra', so there is nothing to verify; the command runs lists all"
                                + " runs");
    }

    @ParameterizedTest
    @MethodSource("tables")
    void everyCellThatIsChangedIsFound(String table) throws SQLException {
        List<Long> runs = tampering.runs(table);
        long changed = runs.contains(CHANGED) ? CHANGED : runs.get(0);
        for (Column column : tampering.columns(table)) {
            List<String> changes = new ArrayList<>();
            for (String value : tampering.otherValues(column)) {
                if ((changes.isEmpty() || Slow.isIncluded()) && tampering.change(column, changed, value)) {
                    changes.add(value);
                    assertFound(table, changed, column.name() + " = " + value);
                }
                tampering.undo();
            }
            assertThat(changes.isEmpty())
                    .as(column + " cannot be changed")
                    .isEqualTo(column.name().equals("run_id") && isPartitioned(table)
                            || table.equals("run") && column.name().equals("status")
                            // every list has a row of that rank, and only one list is of annotations
                            || table.equals("work_list")
                                    && List.of("list", "annotator_id").contains(column.name()));
        }
    }

    /** Of a run that was current the constraints let nothing but PUBLISHED stand. */
    @Test
    void aStatusThatIsChangedIsFound() throws SQLException {
        assertThat(tampering.attempt("update crowdlab.run set status = 'FAILED' where run_id = " + SKIPPED))
                .isTrue();
        assertFound("run", SKIPPED, "status");
    }

    /** The table of a partition's rows cannot be told to be that of another run. */
    private boolean isPartitioned(String table) throws SQLException {
        return warehouse
                .value("select relkind = 'p' from pg_class where oid = 'crowdlab." + table + "'::regclass")
                .equals("t");
    }

    @ParameterizedTest
    @MethodSource("tables")
    void everyRowThatIsDeletedIsFound(String table) throws SQLException {
        for (long runId : tampering.runs(table)) {
            assertThat(tampering.delete(table, runId)).isTrue();
            // a run that is gone is missed by its successor
            assertFound(table, table.equals("run") && runId == SKIPPED ? REFUSED : runId, "deleted");
            tampering.undo();
        }
    }

    @ParameterizedTest
    @MethodSource("tables")
    void everyRowThatIsInsertedIsFound(String table) throws SQLException {
        for (long runId : tampering.runs(table)) {
            assertThat(tampering.insert(table, runId)).isTrue();
            assertFound(table, table.equals("run") ? runId + 1000 : runId, "inserted");
            tampering.undo();
        }
    }

    /** A change of run_table may also be found at the table that the row is about. */
    private void assertFound(String table, long runId, String change) throws SQLException {
        assertThat(differences())
                .as(table + ": " + change)
                .anyMatch(found -> (found.runId() == runId || found.runId() == runId + 1000)
                        && (found.table().equals(table) || table.startsWith("run")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update crowdlab.run_table set removed_at = null where run_id = 2",
                "update crowdlab.run_table set removed_at = null where run_id = 2 and table_name = 'rejected_row'",
                "update crowdlab.run_table set removed_at = removed_at + interval '1 s' where run_id = 2",
                "delete from crowdlab.purge_log where run_ids = '{2}'"
            })
    void whatIsMarkedAsRemovedMustHaveBeenRemoved(String statement) throws SQLException {
        assertThat(tampering.attempt(statement)).isTrue();
        assertThat(differences()).isNotEmpty().allMatch(found -> found.runId() == ZEBRAS_PURGED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            insert into crowdlab.run_check values (5, 'X', 'INFO', 'x') | 5 | run_check has rows of the run, which recorded none
            insert into crowdlab.label_change values (1, 'e', 'x') | 1 | label_change has rows of the run, which recorded none
            update crowdlab.published_run set run_id = 6 where run_id = 4 | 6 | published_run names a run that is REFUSED
            update crowdlab.published_run set run_id = 3 where run_id = 4 | 3 | published_run names a run that the dataset does
            update crowdlab.published_run set run_id = 2 where run_id = 3 | 2 | published_run names a run whose tables are marked
            delete from crowdlab.published_run where run_id = 4 | 4 | published_run has no row for the dataset
            delete from crowdlab.run where run_id = 7 | 7 | run_table has rows of the run, which table run lacks
            update crowdlab.label_quality set label_source = 'HUMANS' where run_id = 6 | 6 | label_quality has sources of labels, of which the run recorded none
            update crowdlab.label_quality set posterior_median = 'x' where run_id = 6 | 6 | label_quality has values of a scale, of which the run recorded none
            update crowdlab.annotator_stats set signed_lower = 0 where run_id = 1 | 1 | annotator_stats has values of a scale, of which the run recorded none
            update crowdlab.annotator_stats set num_abstained = 1 where run_id = 1 | 1 | annotator_stats has abstentions, of which the run recorded none
            update crowdlab.annotator_stats set num_repeated = 1 where run_id = 1 | 1 | annotator_stats has repeats, of which the run recorded none
            update crowdlab.annotator_stats set num_gold = 0 where run_id = 1 | 1 | annotator_stats has gold of annotators, of which
            """)
    void recordsThatContradictEachOtherAreFound(String statement, long runId, String fault) throws SQLException {
        assertThat(tampering.attempt(statement)).isTrue();
        assertThat(differences())
                .anyMatch(found -> found.runId() == runId && found.sentence().contains(fault));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            drop table crowdlab.label_quality_r6 | 6 | label_quality no longer has the run's rows, and nothing records
            alter table crowdlab.label_quality detach partition crowdlab.label_quality_r4 | 4 | label_quality lacks the partition
            create table crowdlab.label_quality_r9 partition of crowdlab.label_quality for values in (9) | 9 | label_quality has a partition of
            create table crowdlab.label_quality_r5 partition of crowdlab.label_quality for values in (5) | 5 | label_quality has a partition of
            create table crowdlab.label_quality_r2 (like crowdlab.label_quality) | 2 | label_quality still has rows of the run, which
            """)
    void aPartitionThatIsMissingOrTooManyIsFound(String statement, long runId, String fault) throws SQLException {
        tampering.execute(statement);
        assertThat(differences())
                .hasSize(1)
                .allMatch(found -> found.runId() == runId && found.sentence().contains(fault));
    }

    @Test
    void aForgedPartitionIsReadWhateverItsName() throws SQLException {
        tampering.execute("alter table crowdlab.label_quality detach partition crowdlab.label_quality_r4");
        tampering.execute("create table crowdlab.other partition of crowdlab.label_quality for values in (4)");
        tampering.execute("insert into crowdlab.label_quality select * from crowdlab.label_quality_r4");
        assertThat(differences()).isEmpty();
        tampering.execute("update crowdlab.other set consensus_label = 'blue' where consensus_label = 'red'");
        assertThat(differences())
                .extracting(IntegrityViolation::sentence)
                .singleElement()
                .asString()
                .startsWith("Dataset 'colors', run 4: table label_quality holds other rows than the run wrote");
    }

    @Test
    void whatRetentionHasDetachedButNotYetDroppedIsNoDifference() throws SQLException {
        tampering.execute("alter table crowdlab.label_quality detach partition crowdlab.label_quality_r6");
        assertThat(differences()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {99, FAILED})
    void whatIsAttachedBeforeARunIsClosedOrLeftByAFailedOneIsNoDifference(long runId) throws SQLException {
        tampering.execute("""
                insert into crowdlab.run (run_id, dataset, as_of, status, started_at, started_by, software_version,
                    results_version, settings)
                values (99, 'colors', now(), 'RUNNING', now(), 'me', '1', 1, '{}')""");
        tampering.execute("create table crowdlab.label_quality_r" + runId
                + " partition of crowdlab.label_quality for values in (" + runId + ")");
        assertThat(differences()).isEmpty();
    }

    @Test
    void aColumnThatATableGainsLaterIsNoDifferenceAndOneThatItLosesIs() throws SQLException {
        for (String table : tampering.tables()) {
            tampering.execute("alter table crowdlab." + table + " add column later text default 'x'");
        }
        assertThat(differences()).isEmpty();
        tampering.execute("alter table crowdlab.run_model drop column temperature cascade");
        assertThat(differences()).hasSize(5).allMatch(found -> found.sentence()
                .endsWith(": table run_model lacks column temperature, which the run wrote."));
    }

    @Test
    void theCommandNamesWhatDiffersAndEndsWithThree() throws SQLException {
        lifted("update crowdlab.label_quality set consensus_label = consensus_label || ' ' where run_id = 4");
        lifted("update crowdlab.run set num_rejected = num_rejected + 1 where run_id = 6");
        Program.Result result = warehouse.program().call("verify");
        assertThat(warehouse.program().call("verify", "--dataset", "zebras").exitCode())
                .isZero();
        lifted("update crowdlab.label_quality set consensus_label = rtrim(consensus_label) where run_id = 4");
        lifted("update crowdlab.run set num_rejected = num_rejected - 1 where run_id = 6");
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err()).isEmpty();
        assertThat(result.out().lines().filter(line -> line.startsWith("Dataset ")))
                .hasSize(2)
                .anyMatch(line -> line.startsWith(
                        "Dataset 'colors', run 4: table label_quality holds other rows than the run wrote: "))
                .contains("Dataset 'colors', run 6: table run does not match its hash; its values were"
                        + " changed after the run was closed.");
        assertThat(result.out()).contains("found 2 differences.");
        assertThat(warehouse.program().call("verify").exitCode()).isZero();
    }

    private void lifted(String statement) throws SQLException {
        warehouse.execute("set session_replication_role = replica; " + statement);
    }

    @Test
    void aRunThatIsRunningIsNamedAndLeftAlone() throws SQLException {
        warehouse.execute(
                "insert into crowdlab.run (run_id, dataset, as_of, status, started_at, software_version,"
                        + " results_version, settings) values (99, 'colors', now(), 'RUNNING', now(), '1', 1, '{}')",
                "insert into crowdlab.run_model values (99, 'm')");
        Program.Result result = warehouse.program().call("verify");
        warehouse.execute(
                "delete from crowdlab.run_model where run_id = 99", "delete from crowdlab.run where run_id = 99");
        assertThat(result.exitCode()).as(result.out()).isZero();
        assertThat(result.out()).contains("Run 99 of dataset 'colors' is RUNNING and not yet in the chain.");
    }

    @Test
    void theRightToSelectIsEnough() throws SQLException {
        String role = "verification_it_auditor";
        warehouse.execute(
                "drop role if exists " + role,
                "create role " + role + " login password 'secret'",
                "grant usage on schema crowdlab, crowdlab_bi to " + role,
                "grant select on all tables in schema crowdlab, crowdlab_bi to " + role,
                "revoke select on crowdlab.label_quality_r4 from " + role);
        Program.Result result = Program.on(warehouse.database(), role, "secret").call("verify");
        warehouse.execute("drop owned by " + role, "drop role " + role);
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        assertThat(result.out()).containsPattern("colors +5 ");
    }

    /** Removes run 1 as retention does, while verify waits to read one of its tables. */
    @Test
    void whatRetentionRemovesMeanwhileIsNoDifferenceAndNobodyWaits() throws Exception {
        Program.Result result;
        try (Connection retention = warehouse.connect();
                Statement statement = retention.createStatement()) {
            retention.setAutoCommit(false);
            statement.execute("lock table crowdlab.detailed_label_quality_r1 in access exclusive mode");
            CompletableFuture<Program.Result> verify =
                    CompletableFuture.supplyAsync(() -> warehouse.program().call("verify"));
            warehouse.await("select count(*) > 0 from pg_locks where not granted"
                    + " and relation = 'crowdlab.detailed_label_quality_r1'::regclass");
            assertThat(warehouse.value("select count(*) from pg_locks l join pg_class c on c.oid = l.relation"
                            + " where l.pid in (select pid from pg_locks where not granted) and l.granted"
                            + " and c.relnamespace = 'crowdlab'::regnamespace and c.relname !~ '^published_run'"))
                    .as("locks that verify holds while it waits, but those that ask which run is current")
                    .isEqualTo("0");
            for (String table : warehouse.partitions()) {
                if (table.endsWith("_r1")) {
                    statement.execute("alter table " + table.replaceFirst("_r1$", "") + " detach partition " + table);
                    statement.execute("drop table " + table);
                }
            }
            for (ResultTableDefinition table : ResultTableDefinitions.kept(Kept.WITH_PARTITIONS)) {
                statement.execute("delete from crowdlab." + table.name() + " where run_id = 1");
            }
            statement.execute("update crowdlab.run_table set removed_at = now() where run_id = 1 and table_name in"
                    + " (select table_name from crowdlab.run_table where removed_at is not null)");
            statement.execute("insert into crowdlab.purge_log (what, run_ids) values ('tables of an old run', '{1}')");
            retention.commit();
            result = verify.get();
        }
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        assertThat(result.out()).containsPattern("colors +5 +\\d+ +[1-9] +7 ");
    }
}
