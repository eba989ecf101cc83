package dev.crowdlab.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Program.Result;
import dev.crowdlab.testing.Warehouse;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What {@code validate} finds in the first rows of a dataset's queries: the mistakes of a first hour. */
class FirstRowsIT {

    private static final String VOTES = "select example_id, annotator_id, label from own.vote";

    private static final String PROBABILITIES = "select example_id, label, probability from own.prob";

    private static Warehouse warehouse;

    /** Each of 200 examples has three labels of six annotators; classes good, fair and poor. */
    @BeforeAll
    static void fill() throws SQLException {
        warehouse = Warehouse.empty();
        warehouse.execute("create schema own", """
                create table own.vote as
                select 500000 + e as example_id, 'w' || (e + u) % 6 as annotator_id,
                    (array['good', 'fair', 'poor'])[1 + (e + u / 3) % 3] as label
                from generate_series(1, 200) e cross join generate_series(1, 3) u""", """
                create table own.prob as
                select 500000 + e as example_id, (array['good', 'fair', 'poor'])[k] as label,
                    case when 1 + e % 3 = k then 0.8 else 0.1 end as probability
                from generate_series(1, 300) e cross join generate_series(1, 3) k""");
    }

    @AfterAll
    static void drop() {
        warehouse.close();
    }

    private static Program program(String votes, String probabilities, String... classes) {
        Program program = warehouse
                .program()
                .with("crowdlab.datasets.d.annotations-query", votes)
                .with("crowdlab.datasets.d.predictions-query", probabilities);
        return classes.length == 0 ? program : program.with("crowdlab.datasets.d.classes", String.join(",", classes));
    }

    private static Program withClasses(String votes, String probabilities) {
        return program(votes, probabilities, "good", "fair", "poor");
    }

    /** The only problem of the dataset. */
    private static String problem(Program program) {
        Result validate = program.call("validate");
        assertThat(validate.exitCode()).as(validate.out() + validate.err()).isEqualTo(2);
        assertThat(validate.out()).doesNotContain("Datasets that can be run");
        List<String> problems = problems(validate);
        assertThat(problems).as(validate.err()).hasSize(1);
        return problems.get(0);
    }

    private static List<String> problems(Result validate) {
        return validate.err()
                .lines()
                .filter(line -> line.startsWith("crowdlab.datasets.d."))
                .toList();
    }

    private static String note(Program program) {
        Result validate = program.call("validate");
        assertThat(validate.exitCode()).as(validate.out() + validate.err()).isZero();
        return validate.err();
    }

    @Test
    void aGoodSetupBeforeTheFirstMigrationIsReady() {
        Result validate = withClasses(VOTES, PROBABILITIES).call("validate");
        assertThat(validate.exitCode()).as(validate.err()).isZero();
        assertThat(validate.out())
                .contains("Dataset 'd' has about ")
                .contains(
                        "Datasets that can be run: 1. Up to 1000 rows of each query were read, the first that came, which"
                                + " are no random sample; nothing was changed.");
        assertThat(validate.err())
                .contains("Note. Database ")
                .contains("has none of the program's tables yet: it lacks the migrations 001 to 0")
                .contains("run the command migrate, or the command run without --dry-run, which migrates first.")
                .doesNotContain("would be rejected");
        assertThat(withClasses(VOTES, PROBABILITIES)
                        .call("validate", "--sample", "0")
                        .out())
                .contains("Datasets that can be run: 1. Nothing was read or changed.");
    }

    @Test
    void theDocumentSaysHowMuchWasRead() {
        Result validate = withClasses(VOTES, PROBABILITIES).call("validate", "--sample", "100", "--output", "json");
        assertThat(validate.exitCode()).as(validate.err()).isZero();
        assertThat(validate.out())
                .contains("\"num_sampled_annotations\": 100,")
                .containsPattern("\"num_sampled_predictions\": [1-9]")
                .contains("\"notes\": [\n    \"Database ");
        Result wrong = withClasses(VOTES.replace("label", "upper(label) as label"), PROBABILITIES)
                .call("validate", "--output", "json");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.out())
                .contains("UNKNOWN_LABEL 600 (labels 'POOR' 201 times (did you mean 'poor'?), 'FAIR' 200");
    }

    @Test
    void aNumberOfRowsThatIsNoneIsAUsageError() {
        for (String number : List.of("-1", "100001", "all")) {
            Result validate = withClasses(VOTES, PROBABILITIES).call("validate", "--sample", number);
            assertThat(validate.exitCode()).isEqualTo(2);
            assertThat(validate.err()).contains("--sample").contains(number);
        }
    }

    @Test
    void wrongNamesOfClassesAreNamedWithTheNearest() {
        assertThat(problem(withClasses(VOTES.replace("label", "initcap(label) as label"), PROBABILITIES)))
                .startsWith(
                        "crowdlab.datasets.d.annotations-query: 600 of the first 600 rows would be rejected; UNKNOWN_LABEL 600"
                                + " (labels 'Poor' 201 times (did you mean 'poor'?), 'Fair' 200 times, 'Good' 199 times)");
        assertThat(note(withClasses(VOTES.replace("label", "replace(label, 'fair', 'fairr') as label"), PROBABILITIES)))
                .contains(
                        "Note. crowdlab.datasets.d.annotations-query: 200 of the first 600 rows would be rejected;"
                                + " UNKNOWN_LABEL 200 (label 'fairr' is not one of the dataset's classes; did you mean 'fair'?)");
    }

    @Test
    void percentagesAndLogitsAreToldApart() {
        assertThat(problem(
                        withClasses(VOTES, PROBABILITIES.replace("probability", "100 * probability as probability"))))
                .startsWith("crowdlab.datasets.d.predictions-query: 600 of the first 600 rows would be rejected;"
                        + " BAD_PROBABILITY 600 (probability of class '")
                .contains("; values up to 80.0 are probably percentages; divide them by 100");
        assertThat(problem(withClasses(VOTES, PROBABILITIES.replace("probability", "ln(probability) as probability"))))
                .contains("values below 0, such as -2.302585092994046, are scores before the softmax");
        assertThat(problem(withClasses(VOTES, PROBABILITIES.replace("probability", "probability / 3 as probability"))))
                .contains("PROBABILITY_SUM 600 (the probabilities sum to 0.33")
                .contains("scores that a model gives to each class by itself are no probabilities");
    }

    @Test
    void arraysOfPercentagesAreFound() {
        String arrays = "select example_id, array_agg(100 * probability order by label) as probabilities from own.prob"
                + " group by example_id";
        assertThat(problem(withClasses(VOTES, arrays))).contains("divide them by 100");
    }

    @Test
    void swappedColumnsAreFound() {
        String swapped = "select example_id as annotator_id, annotator_id as example_id, label from own.vote";
        assertThat(problem(withClasses(swapped, PROBABILITIES)))
                .contains("is among the predictions, which have examples such as '5")
                .contains("; annotators are, so example_id and annotator_id are probably swapped");
        assertThat(problem(withClasses(
                        "select example_id, label as annotator_id, annotator_id as label from own.vote",
                        PROBABILITIES)))
                .contains("UNKNOWN_LABEL 600 (labels 'w3' 101 times, 'w4' 101 times, 'w2' 100 times, others 298 times)")
                .contains("; annotator_id holds classes, so label and annotator_id are probably swapped");
        assertThat(problem(withClasses(
                        "select label as example_id, annotator_id, example_id as label from own.vote", PROBABILITIES)))
                .contains("; example_id holds classes, so label and example_id are probably swapped");
        assertThat(note(warehouse
                        .program()
                        .with("crowdlab.datasets.d.annotations-query", swapped)
                        .with("crowdlab.datasets.d.classes", "good,fair,poor")))
                .contains("have 6 examples and 200 annotators; check whether example_id and annotator_id are swapped");
    }

    @Test
    void idsThatDoNotMeetAreShownFromBothSides() {
        assertThat(problem(
                        withClasses(VOTES.replace("example_id", "'task-' || example_id as example_id"), PROBABILITIES)))
                .contains("crowdlab.datasets.d.annotations-query: none of its first 200 examples, such as 'task-5")
                .contains("', is among the predictions, which have examples such as '5")
                .endsWith("; let both queries return the same ids");
        assertThat(problem(
                        withClasses(VOTES, PROBABILITIES.replace("example_id", "'task-' || example_id as example_id"))))
                .contains("such as '5")
                .contains("such as 'task-5");
        assertThat(note(withClasses(VOTES, PROBABILITIES.replace("example_id", "example_id + 1000 as example_id"))))
                .as("others of these ids may meet")
                .contains("check whether both queries mean the same ids");
    }

    @Test
    void aModelThatLacksClassesOrItsNameIsTold() {
        assertThat(problem(withClasses(VOTES, PROBABILITIES + " where probability > 0.5")))
                .contains("INCOMPLETE_PREDICTION ")
                .contains("set on-incomplete-prediction: spread");
        assertThat(problem(withClasses(VOTES, PROBABILITIES + " union all " + PROBABILITIES)))
                .contains("DUPLICATE_PREDICTION ")
                .contains("let the query return a column model");
    }

    @Test
    void predictionsOfOtherExamplesInFrontAreNoAlarm() {
        String others = "(" + PROBABILITIES + " where example_id > 500200) union all (" + PROBABILITIES
                + " where example_id <= 500200)";
        assertThat(note(withClasses(VOTES, others).with("crowdlab.datasets.d.classes", "good,fair,poor")))
                .doesNotContain("crowdlab.datasets.d");
        assertThat(note(withClasses(VOTES + " limit 10", PROBABILITIES))).doesNotContain("crowdlab.datasets.d");
    }

    @Test
    void predictionsOfAPartAreNoMistakeWhereThatIsAccepted() {
        Program program = withClasses(VOTES, PROBABILITIES + " where example_id <= 500050");
        assertThat(problem(program)).contains("NO_PREDICTION 450 (the example has no usable prediction)");
        assertThat(note(program.with("crowdlab.datasets.d.checks.max-rejected-share", "0.8")))
                .contains("Note. crowdlab.datasets.d.annotations-query: 450 of the first 600 rows would be rejected;");
    }

    @Test
    void rowsOfTheBuiltInTablesAreChecked() throws SQLException {
        try (Warehouse migrated = Warehouse.with("pets")) {
            Result validate = migrated.program().call("validate");
            assertThat(validate.exitCode()).as(validate.err()).isZero();
            assertThat(validate.err())
                    .contains("Note. Dataset 'pets' in crowdlab.annotation: 1 of the first 121 rows would be rejected;"
                            + " MISSING_LABEL 1 (label is null)");
            migrated.execute("update crowdlab.prediction set probability = 100 * probability");
            Result percent = migrated.program().call("validate");
            assertThat(percent.exitCode()).isEqualTo(2);
            assertThat(percent.err())
                    .contains("Dataset 'pets' in crowdlab.prediction: 120 of the first 120 rows would be rejected;")
                    .contains("divide them by 100");
        }
    }

    @Test
    void aColumnThatHoldsNoLabelsIsNotedWithoutClasses() {
        assertThat(note(program(
                        "select example_id, annotator_id, 'text ' || ctid as label from own.vote",
                        "select null::text as example_id, 'a' as label, 1.0 as probability where false")))
                .contains("its first 600 rows have 600 different labels")
                .contains("crowdlab.datasets.d.predictions-query: returns no row");
    }

    @Test
    void aQueryThatFailsAtALaterRowIsFound() {
        assertThat(problem(withClasses(
                        VOTES.replace("label", "label || left(repeat('x', 1 / (example_id - 500150)), 0) as label"),
                        PROBABILITIES)))
                .startsWith(
                        "crowdlab.datasets.d.annotations-query: failed while rows were read; PostgreSQL: division by zero");
        assertThat(problem(withClasses(
                        VOTES,
                        PROBABILITIES.replace("probability", "probability / (example_id - 500150) as probability"))))
                .startsWith(
                        "crowdlab.datasets.d.predictions-query: failed while rows were read; PostgreSQL: division by zero");
    }

    @Test
    void aQueryThatIsSlowIsNotWaitedFor() {
        long begin = System.nanoTime();
        String slow = VOTES + " where case when example_id = 500150 then pg_sleep(60) is not null else true end";
        assertThat(note(withClasses(slow, PROBABILITIES)))
                .contains(
                        "Note. crowdlab.datasets.d.annotations-query: did not give the sample within 10 s, so the rows were"
                                + " not checked; the run has no such limit, and --sample 0 leaves the sample out");
        assertThat((System.nanoTime() - begin) / 1_000_000_000).isLessThan(55);
    }

    @Test
    void idsOfAnyTypeAreLookedUp() {
        for (String type : List.of("int2", "int8", "numeric", "varchar(9)", "char(9)", "uuid", "name")) {
            String id = "select "
                    + (switch (type) {
                        case "uuid" -> "md5(example_id::text)::uuid";
                        case "int2" -> "(example_id - 500000)::int2";
                        default -> "example_id::" + type;
                    })
                    + " as example_id";
            assertThat(note(withClasses(
                            id + ", annotator_id, label from own.vote", id + ", label, probability from own.prob")))
                    .as(type)
                    .doesNotContain("crowdlab.datasets.d");
        }
        assertThat(note(withClasses(VOTES, PROBABILITIES.replace("example_id", "example_id::text as example_id"))))
                .as("a number here, a text there")
                .doesNotContain("crowdlab.datasets.d");
    }

    @Test
    void hostileIdsStayValues() {
        String hostile = "select 'a\\\"}'' , {\\\\' || example_id as example_id";
        assertThat(note(withClasses(
                        hostile + ", annotator_id, label from own.vote",
                        hostile + ", label, probability from own.prob")))
                .doesNotContain("crowdlab.datasets.d");
    }

    @Test
    void aUserWhoMayNotMigrateIsTold() throws SQLException {
        warehouse.execute(
                "create user first_reader login password 'first'",
                "grant usage on schema own to first_reader",
                "grant select on all tables in schema own to first_reader");
        try {
            Result validate = withClasses(VOTES, PROBABILITIES)
                    .with("spring.datasource.username", "first_reader")
                    .with("spring.datasource.password", "first")
                    .call("validate");
            assertThat(validate.exitCode()).isEqualTo(2);
            assertThat(validate.err()).contains("which user first_reader may not apply");
        } finally {
            warehouse.execute("drop owned by first_reader", "drop user first_reader");
        }
    }

    @Test
    void datasetsThatAreNotThereAreStillAProblem() {
        Result none = warehouse.program().call("validate");
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.err()).contains("There is no dataset: configure one");
        Result unknown = withClasses(VOTES, PROBABILITIES).call("validate", "--dataset", "e");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("There is no dataset 'e'; known names are d");
    }
}
