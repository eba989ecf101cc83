package dev.crowdlab.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crowdlab.engine.pass.UnusableInputException;
import dev.crowdlab.settings.DatasetSettings;
import dev.crowdlab.settings.SettingsReader;
import dev.crowdlab.settings.SourceTables;
import dev.crowdlab.spark.RowEncoding.Field;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tables that cannot be read, and the sentence that each gives. */
class TableInspectionTest {

    private static final String ANNOTATIONS = "select 'e1' as example_id, 'a1' as annotator_id, 'x' as label";

    private static JavaSparkContext spark;
    private static SparkSession session;

    @BeforeAll
    static void start() {
        spark = LocalSpark.start("local[1]");
        session = TableSession.open(spark);
        session.sql(ANNOTATIONS).createOrReplaceTempView("good");
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    private static List<String> problems(String annotations, String predictions) {
        return problems(Map.of(
                "crowdlab.datasets.d.annotations-table", annotations,
                "crowdlab.datasets.d.predictions-table", predictions));
    }

    private static List<String> goldProblems(String gold) {
        return problems(
                Map.of("crowdlab.datasets.d.annotations-table", "good", "crowdlab.datasets.d.gold-table", gold));
    }

    private static List<String> problems(Map<String, String> settings) {
        DatasetSettings dataset =
                Objects.requireNonNull(SettingsReader.read(settings).datasets().get("d"));
        SourceTables tables = Objects.requireNonNull(dataset.tables());
        TableInspection.Outcome outcome = TableInspection.inspect(session, dataset, tables);
        assertThat(outcome.input().isEmpty()).isEqualTo(!outcome.problems().isEmpty());
        return outcome.problems();
    }

    private static String view(String query) {
        session.sql(query).createOrReplaceTempView("made");
        return "made";
    }

    @Test
    void aTableThatIsNotThereIsNamed() {
        assertThat(problems("nowhere.at_all", "/no/such/files"))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith(
                                        "crowdlab.datasets.d.annotations-table: 'nowhere.at_all' cannot be read; Spark: ")
                                .contains("TABLE_OR_VIEW_NOT_FOUND"),
                        line -> assertThat(line)
                                .startsWith(
                                        "crowdlab.datasets.d.predictions-table: '/no/such/files' cannot be read; Spark: ")
                                .contains("PATH_NOT_FOUND"));
    }

    @Test
    void aMissingARepeatedAndAnUnsuitableColumnAreNamed() {
        assertThat(problems(
                        view(
                                "select 1.5d as example_id, 'a' as Annotator_id, 'x' as label, 'y' as label, 7 as annotated_at"),
                        "good"))
                .containsExactly(
                        "crowdlab.datasets.d.annotations-table: has column example_id of type double, which is not a text, a"
                                + " whole or decimal number, a boolean or a date; name a view that casts it",
                        "crowdlab.datasets.d.annotations-table: has no column annotator_id; it has example_id, Annotator_id,"
                                + " label, label, annotated_at",
                        "crowdlab.datasets.d.annotations-table: has more than one column named label",
                        "crowdlab.datasets.d.annotations-table: has column annotated_at of type int, which is not a date or"
                                + " timestamp; name a view that casts it",
                        "crowdlab.datasets.d.predictions-table: has no column probability; it has example_id, annotator_id,"
                                + " label");
    }

    @Test
    void arraysNeedClassesAndNumbers() {
        assertThat(problems("good", view("select 1 as example_id, array('high') as probabilities, 'x' as label")))
                .containsExactly(
                        "crowdlab.datasets.d.predictions-table: has probabilities as well as label or probability; give one"
                                + " form or the other",
                        "crowdlab.datasets.d.predictions-table: has probabilities as an array of unknown order; list"
                                + " the classes in that order as crowdlab.datasets.d.classes",
                        "crowdlab.datasets.d.predictions-table: has column probabilities of type array<string>, which is not an"
                                + " array of numbers; name a view that casts it");
    }

    @Test
    void goldHasColumnsToo() {
        assertThat(goldProblems("nowhere"))
                .singleElement()
                .asString()
                .startsWith("crowdlab.datasets.d.gold-table: 'nowhere' cannot be read; Spark: ");
        assertThat(goldProblems(view("select 1.5d as example_id, 'x' as answer")))
                .containsExactly(
                        "crowdlab.datasets.d.gold-table: has column example_id of type double, which is not a text, a whole"
                                + " or decimal number, a boolean or a date; name a view that casts it",
                        "crowdlab.datasets.d.gold-table: has no column label; it has example_id, answer");
        assertThat(goldProblems("good")).isEmpty();
    }

    @Test
    void aTableOfTheCatalogCanBeRead() {
        assertThat(problems("good", view("select 1y as example_id, true as label, 1 as probability")))
                .isEmpty();
    }

    @Test
    void aTextThatPostgresqlCannotStoreIsRefusedInOneSentence() {
        RowEncoding encoding = new RowEncoding("crowdlab.datasets.d.annotations-table", List.of(Field.TEXT));
        assertThatThrownBy(() -> encoding.encode(RowFactory.create("e\0one")))
                .isInstanceOf(UnusableInputException.class)
                .hasMessage(
                        "crowdlab.datasets.d.annotations-table: 'e?one' contains the character U+0000, which PostgreSQL"
                                + " cannot store; remove it from the table");
    }

    @Test
    void kindsOfAnnotatorsAreRefusedAndNotIgnored() {
        session.sql(ANNOTATIONS + ", 'machine' as annotator_kind").createOrReplaceTempView("kinds");
        assertThat(problems(Map.of("crowdlab.datasets.d.annotations-table", "kinds")))
                .containsExactly(
                        "crowdlab.datasets.d.annotations-table: has a column annotator_kind, which cannot be used on"
                                + " Spark; run the dataset with the local job, or leave the column out");
    }
}
