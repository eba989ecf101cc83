package dev.crowdlab.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.SlowAfter;
import dev.crowdlab.testing.Warehouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A member of the nightly role keeps a table of a run locked until a command of somebody with more rights waits for it,
 * and then puts a trap there: a view in its place, or an index. Either calls a function of that member's.
 */
class SwappedTableIT {

    private static final String NIGHT = "swapped_it_night";
    private static final String DEPLOY = "swapped_it_deploy";

    private static Warehouse history;

    @TempDir
    private Path directory;

    private Warehouse warehouse;

    @BeforeAll
    static void publishTwice() throws SQLException {
        history = Warehouse.with("colors");
        history.call(0, "run");
        history.relabel("colors", "e5", "green");
        history.call(0, "run");
        history.execute(
                "create user " + NIGHT + " password 'secret' in role crowdlab_writer",
                "create user " + DEPLOY + " password 'secret' in role crowdlab_owner",
                "create sequence public.sprung",
                "grant usage on sequence public.sprung to public",
                "set role crowdlab_writer",
                """
                create function crowdlab.trap(integer) returns boolean language plpgsql immutable as $$
                begin
                    if session_user <> 'swapped_it_night' then
                        perform nextval('public.sprung');
                    end if;
                    return true;
                end $$""");
    }

    @AfterAll
    static void dropHistory() throws SQLException {
        history.execute("drop owned by " + NIGHT + ", " + DEPLOY, "drop user " + NIGHT + ", " + DEPLOY);
        history.close();
    }

    @BeforeEach
    void copy() {
        warehouse = history.copy();
    }

    @AfterEach
    void drop() throws SQLException {
        warehouse.execute("drop owned by " + NIGHT + ", " + DEPLOY);
        warehouse.close();
    }

    @Test
    void whoReadsATableWithoutExaminingItRunsTheTrap() throws SQLException {
        trap(trapOf("index", "label_quality", 2));
        warehouse.value("select count(*) from crowdlab_bi.label_quality");
        assertThat(isSprung()).isTrue();
    }

    @ParameterizedTest
    @SlowAfter(2)
    @CsvSource(delimiter = '|', textBlock = """
            view  | detailed_label_quality | 1 | 2 | forget --annotator a5                               | Table crowdlab.detailed_label_quality_r1 is a view, which
            index | detailed_label_quality | 2 | 2 | forget --annotator a5                               | Table crowdlab.detailed_label_quality_r2 has a column, constraint, default, index
            view  | label_quality          | 1 | 3 | verify                                              | run 1: table label_quality
            index | active_learning_score  | 2 | 3 | verify                                              | run 2: table active_learning_score has a column, constraint, default, index
            view  | label_quality          | 2 | 2 | report --dataset colors --out FILE                  | Table crowdlab.label_quality_r2 is a view, which
            index | detailed_label_quality | 2 | 2 | report --dataset colors --out FILE                  | Table crowdlab.detailed_label_quality_r2 has a
            index | label_quality          | 1 | 2 | export --dataset colors --table training --out FILE | Table crowdlab.label_quality_r1 has a
            view  | label_quality          | 1 | 2 | publish --run 1                                     | Table crowdlab.label_quality_r1 is a view, which
            view  | label_quality          | 2 | 1 | run --force                                         | Table crowdlab.label_quality_r2 is a view, which
            index | label_quality          | 2 | 1 | run --force                                         | Table crowdlab.label_quality_r2 has a
            """)
    void aTrapLaidWhileACommandWaitsIsNotSprung(
            String kind, String table, long run, int exitCode, String words, String sentence) throws Exception {
        for (String user : new String[] {"owner", "superuser"}) {
            Program program =
                    user.equals("owner") ? Program.on(warehouse.database(), DEPLOY, "secret") : warehouse.program();
            CompletableFuture<Program.Result> called;
            try (Connection keeper = warehouse.database().dataSource().getConnection(NIGHT, "secret");
                    Statement statement = keeper.createStatement()) {
                keeper.setAutoCommit(false);
                statement.execute("set role crowdlab_writer");
                statement.execute("lock table crowdlab." + table + "_r" + run + " in access exclusive mode");
                called = CompletableFuture.supplyAsync(() -> program.call(
                        words.replace("FILE", directory.resolve("a.csv") + "").split(" ")));
                warehouse.await("select count(*) > 0 from pg_locks where not granted and relation = 'crowdlab." + table
                        + "_r" + run + "'::regclass");
                for (String step : trapOf(kind, table, run)) {
                    statement.execute(step);
                }
                keeper.commit();
            }
            Program.Result result = called.get();
            assertThat(result.out() + result.err()).contains(sentence);
            assertThat(result.exitCode()).isEqualTo(exitCode);
            assertThat(isSprung()).isFalse();
            assertThat(Files.exists(directory.resolve("a.csv"))).isFalse();
            drop();
            copy();
        }
    }

    @Test
    void noCommandSpringsATrapThatIsThereAlready() throws SQLException {
        trap(trapOf("view", "label_quality", 2));
        trap(trapOf("index", "detailed_label_quality", 1));
        for (String words : new String[] {
            "validate",
            "datasets",
            "runs",
            "show 2",
            "verify",
            "run",
            "run --dry-run",
            "run --force",
            "publish --run 1",
            "purge --keep-runs 1",
            "report --run 1 --out FILE",
            "report --run 2 --out FILE",
            "export --dataset colors --table label_quality --out FILE",
            "export --dataset colors --table detailed_label_quality --out FILE",
            "forget --example e5",
            "unpublish --dataset colors",
            "migrate"
        }) {
            Program.Result result = warehouse
                    .program()
                    .call(words.replace("FILE", directory.resolve("a.csv") + "").split(" "));
            assertThat(isSprung()).as(words + result.out() + result.err()).isFalse();
        }
    }

    private void trap(String... steps) throws SQLException {
        try (Connection writer = warehouse.database().dataSource().getConnection(NIGHT, "secret");
                Statement statement = writer.createStatement()) {
            statement.execute("set role crowdlab_writer");
            for (String step : steps) {
                statement.execute(step);
            }
        }
    }

    private static String[] trapOf(String kind, String table, long run) {
        String name = "crowdlab." + table + "_r" + run;
        return kind.equals("index")
                ? new String[] {"create index on " + name + " (crowdlab.trap(1))"}
                : new String[] {
                    "alter table crowdlab." + table + " detach partition " + name,
                    "alter table " + name + " rename to hidden",
                    "create view " + name + " as select h.* from crowdlab.hidden h where crowdlab.trap(1)",
                    "grant select on " + name + " to public"
                };
    }

    private boolean isSprung() throws SQLException {
        return warehouse.value("select is_called from public.sprung").equals("t");
    }
}
