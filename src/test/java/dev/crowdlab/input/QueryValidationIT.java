package dev.crowdlab.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Rows;
import dev.crowdlab.testing.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A query that cannot be used stops the night before it begins. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueryValidationIT {

    private static final String ANNOTATIONS = "select 'e1' as example_id, 'a1' as annotator_id, 'x' as label";
    private static final String PREDICTIONS = "select 'e1' as example_id, 'x' as label, 1.0 as probability";
    private static final String ARRAYS = "select 'e1' as example_id, array[0.5, 0.5] as probabilities";

    private TestDatabase database;

    @BeforeAll
    void createDatabase() throws SQLException {
        database = TestDatabase.create();
        assertThat(Program.on(database).call("migrate").exitCode()).isZero();
        new Rows()
                .add("good", "e1", "a1", "x", null)
                .add("good", "e1", "a2", "y", null)
                .copyTo(database, Rows.ANNOTATION);
    }

    @AfterAll
    void dropDatabase() {
        database.close();
    }

    @Test
    void everyProblemOfEveryQueryIsNamedAtOnce() {
        Program program = withBrokenQueries();
        program.with("crowdlab.datasets.empty.quality-method", "agree");
        Program.Result result = program.call("validate");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err().lines())
                .anySatisfy(line -> says(line, "empty.quality-method", "'agree' is not one of"))
                .anySatisfy(line -> says(line, "array-without-classes.predictions-query", "list the classes"))
                .anySatisfy(line -> says(line, "both-broken.annotations-query", "syntax error at or near \"'oops'\""))
                .anySatisfy(line -> says(line, "both-broken.predictions-query", "\"nowhere.at_all\" does not exist"))
                .anySatisfy(line -> says(line, "both-forms.predictions-query", "one form or the other"))
                .anySatisfy(line -> says(line, "empty.annotations-query", "is not one statement"))
                .anySatisfy(line -> says(line, "lacking.annotations-query", "has no column annotator_id"))
                .anySatisfy(line -> says(line, "lacking.annotations-query", "has no column label"))
                .anySatisfy(line -> says(line, "lacking.predictions-query", "has no column example_id"))
                .anySatisfy(line -> says(line, "lacking.predictions-query", "has no column probability"))
                .anySatisfy(line -> says(line, "misspelled-and-more.annotations-query", "is not one statement"))
                .anySatisfy(line -> says(line, "not-a-query.annotations-query", "cannot run"))
                .anySatisfy(line -> says(line, "repeated.annotations-query", "more than one column named label"))
                .anySatisfy(line -> says(line, "repeated.predictions-query", "more than one column named example_id"))
                .anySatisfy(line -> says(line, "two-statements.annotations-query", "is not one statement"))
                .anySatisfy(line -> says(line, "wrong-types.annotations-query", "annotated_at of type int4"))
                .anySatisfy(line -> says(line, "wrong-types.predictions-query", "probability of type text"))
                .anySatisfy(line -> says(line, "wrong-array.predictions-query", "probabilities of type _text"));
        assertNothingWasDone();
    }

    private Program withBrokenQueries() {
        Program program = Program.on(database);
        dataset(program, "array-without-classes", ANNOTATIONS, ARRAYS);
        dataset(program, "both-broken", "selec 'oops'", "select 1 from nowhere.at_all");
        dataset(program, "both-forms", ANNOTATIONS, ARRAYS + ", 'x' as label");
        program.with("crowdlab.datasets.both-forms.classes[0]", "x")
                .with("crowdlab.datasets.both-forms.classes[1]", "y");
        dataset(program, "empty", "-- nothing", PREDICTIONS);
        dataset(program, "lacking", "select 'e1' as example_id, 'x' as given", "select 'x' as label");
        dataset(program, "misspelled-and-more", "selec 1; " + ANNOTATIONS, PREDICTIONS);
        dataset(program, "not-a-query", "delete from crowdlab.annotation", PREDICTIONS);
        dataset(
                program,
                "repeated",
                ANNOTATIONS + ", 'y' as label",
                "select 1 as example_id, q.* from (" + PREDICTIONS + ") q");
        dataset(program, "two-statements", ANNOTATIONS + "; drop table crowdlab.annotation", PREDICTIONS);
        dataset(
                program,
                "wrong-types",
                ANNOTATIONS + ", 5 as annotated_at",
                "select 'e1' as example_id, 'x' as label, 'high' as probability");
        dataset(program, "wrong-array", ANNOTATIONS, "select 'e1' as example_id, array['high'] as probabilities");
        return program;
    }

    @Test
    void whatCanBeRunIsSaidToBeReady() {
        Program.Result result = Program.on(database).call("validate", "--dataset", "good", "--sample", "0");
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).contains("Datasets that can be run: 1. Nothing was read or changed.");
        assertNothingWasDone();
    }

    @Test
    void aDatabaseWithoutTablesIsAFinding() throws SQLException {
        try (TestDatabase fresh = TestDatabase.create()) {
            Program.Result result = Program.on(fresh).call("validate");
            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.err()).contains("has none of the program's tables yet: it lacks the migrations 001 to 0");
        }
    }

    @Test
    void wrongQueriesAreNamedBeforeTheFirstMigration() throws SQLException {
        try (TestDatabase fresh = TestDatabase.create()) {
            Program program = Program.on(fresh);
            dataset(program, "wrong", "select labl from nix", PREDICTIONS);
            Program.Result result = program.call("validate");
            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.out()).isEmpty();
            assertThat(result.err())
                    .contains("has none of the program's tables yet: it lacks the migrations 001 to 0")
                    .contains("crowdlab.datasets.wrong.annotations-query: cannot run; PostgreSQL: relation \"nix\"");
        }
    }

    @Test
    void noEstimateStandsBesideAnErrorOfItsDataset() {
        Program program = Program.on(database).with("crowdlab.datasets.good.anotations-query", ANNOTATIONS);
        Program.Result result = program.call("validate", "--dataset", "good");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().strip())
                .isEqualTo("crowdlab.datasets.good.anotations-query: there is no such setting; did you mean"
                        + " crowdlab.datasets.good.annotations-query?");
    }

    @Test
    void aUserWithoutRightsIsToldOnce() {
        JdbcClient superuser = JdbcClient.create(database.dataSource());
        superuser.sql("drop role if exists query_validation_it").update();
        superuser.sql("create role query_validation_it login password 'x'").update();
        superuser.sql("grant usage on schema crowdlab to query_validation_it").update();
        superuser
                .sql("grant select on all tables in schema crowdlab to query_validation_it")
                .update();
        try {
            Program.Result result =
                    Program.on(database, "query_validation_it", "x").call("validate");
            assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
            assertThat(result.err().strip())
                    .matches("User query_validation_it .*, and lacks \\d+ other rights there; make the user a member of"
                            + " crowdlab_writer\\.");
        } finally {
            superuser.sql("drop owned by query_validation_it").update();
            superuser.sql("drop role query_validation_it").update();
        }
    }

    @Test
    void aServerThatIsAwayDoesNotHideWhatIsWrongWithTheSettings() {
        Program.Result result = Program.withoutDatabase()
                .with("spring.datasource.url", "jdbc:postgresql://127.0.0.1:1/nowhere")
                .with("crowdlab.retry", "0s")
                .with("crowdlab.threads", "many")
                .call("validate");
        assertThat(result.exitCode()).isEqualTo(5);
        assertThat(result.err())
                .contains("crowdlab.threads: 'many' is not a whole number")
                .contains("cannot be reached");
    }

    @Test
    void aDatasetThatCannotBeReadFailsAlone() throws SQLException {
        try (TestDatabase other = TestDatabase.create()) {
            Program program = Program.on(other);
            assertThat(program.call("migrate").exitCode()).isZero();
            new Rows()
                    .add("well", "e1", "a1", "x", null)
                    .add("well", "e1", "a2", "y", null)
                    .copyTo(other, Rows.ANNOTATION);
            dataset(program, "lost", "select example_id, annotator_id, label from nowhere.at_all", PREDICTIONS);
            dataset(program, "wrong", ANNOTATIONS, "select 'e1' as example_id, 'x' as label, 'high' as probability");
            Program.Result night = program.call("run");
            assertThat(night.exitCode()).as(night.out() + night.err()).isEqualTo(1);
            assertThat(night.out())
                    .contains("lost: failed. crowdlab.datasets.lost.annotations-query: cannot run; PostgreSQL: relation"
                            + " \"nowhere.at_all\" does not exist")
                    .contains("wrong: failed. crowdlab.datasets.wrong.predictions-query: returns column probability");
            assertThat(JdbcClient.create(other.dataSource())
                            .sql("""
                                    select concat_ws(' ', dataset, status, (
                                        select substr(message, 1, 22) from crowdlab.run_check c
                                        where c.run_id = r.run_id and code = 'FAILED'))
                                    from crowdlab.run r order by dataset""")
                            .query(String.class)
                            .list())
                    .containsExactly(
                            "lost FAILED crowdlab.datasets.lost",
                            "well PUBLISHED",
                            "wrong FAILED crowdlab.datasets.wron");
        }
    }

    private static void says(String line, String setting, String problem) {
        assertThat(line).startsWith("crowdlab.datasets." + setting + ": ").contains(problem);
    }

    @Test
    void aDatasetThatOnlySparkCanReadStopsTheNightBeforeItBegins() {
        Program program = Program.on(database).with("crowdlab.datasets.lake.annotations-table", "lake.annotations");
        for (List<String> call : List.of(
                List.of("run"), List.of("run", "--dataset", "lake"), List.of("validate", "--dataset", "lake"))) {
            Program.Result result = program.call(call.toArray(String[]::new));
            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.err().strip())
                    .endsWith(
                            "crowdlab.datasets.lake.annotations-table: this program reads PostgreSQL alone; run the dataset"
                                    + " by spark-submit (cluster.md), name the others with --dataset, or give queries in place of"
                                    + " tables");
        }
        assertThat(program.call("datasets").out()).containsPattern("lake +tables, by Spark");
        assertThat(program.call("load", "--dataset", "lake", "--annotations", "rows.csv")
                        .err())
                .contains("crowdlab.datasets.lake has an annotations-table, so loaded rows would not be read");
        assertThat(Program.on(database)
                        .with("crowdlab.datasets.asked.annotations-query", "select 1")
                        .call("load", "--dataset", "asked", "--gold", "rows.csv")
                        .err())
                .contains(
                        "crowdlab.datasets.asked has an annotations-query, so loaded rows would not be read; import the"
                                + " file into a table of your own and let crowdlab.datasets.asked.gold-query select example_id and"
                                + " label from it");
        assertNothingWasDone();
        assertThat(program.call("run", "--dataset", "good", "--dry-run").exitCode())
                .isZero();
    }

    @Test
    void anUnknownDatasetIsNamedTogetherWithTheKnownOnes() {
        Program program = Program.on(database);
        dataset(program, "broken", "select 1 as example_id", PREDICTIONS);
        for (String command : List.of("run", "validate")) {
            Program.Result result =
                    program.call(command, "--dataset", "good", "--dataset", "goood", "--dataset", "broken");
            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.err()).contains("There is no dataset 'goood'; known names are broken, good");
        }
        assertNothingWasDone();
    }

    private static void dataset(Program program, String name, String annotations, String predictions) {
        program.with("crowdlab.datasets." + name + ".annotations-query", annotations)
                .with("crowdlab.datasets." + name + ".predictions-query", predictions);
    }

    private void assertNothingWasDone() {
        assertThat(JdbcClient.create(database.dataSource())
                        .sql(
                                "select (select count(*) from crowdlab.run), (select count(*) from crowdlab.batch_job_instance),"
                                        + " (select count(*) from crowdlab.annotation where dataset = 'good')")
                        .query((row, number) -> List.of(row.getInt(1), row.getInt(2), row.getInt(3)))
                        .single())
                .containsExactly(0, 0, 2);
    }
}
