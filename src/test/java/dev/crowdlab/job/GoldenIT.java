package dev.crowdlab.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Rows;
import dev.crowdlab.testing.Slow;
import dev.crowdlab.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The golden cases from the input tables to the views: what cleanlab 2.9.0 gives (vote counting corrected) is what a
 * dashboard reads, with every option. Every fourth case is run a second time with its consensus methods in the other order.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GoldenIT {

    private static final double TOLERANCE = 1e-9;
    private static final Path FOLDER = Path.of("src", "test", "resources", "golden");
    private static final String SWAPPED = "-swapped";

    private final List<Golden> cases = new ArrayList<>();
    private TestDatabase database;
    private JdbcClient jdbc;
    private Program.Result run;

    record Golden(JsonNode json) {

        String dataset() {
            return json.get("name").asText();
        }

        JsonNode expected(String name) {
            return json.get("expected").get(name);
        }

        String option(String name) {
            return json.get("options").get(name).asText();
        }

        boolean hasWeights() {
            return option("quality_method").equals("crowdlab");
        }

        List<String> methods() {
            return option("consensus_method").equals("best_quality")
                    ? List.of("best_quality", "majority_vote")
                    : List.of("majority_vote", "best_quality");
        }

        @Override
        public String toString() {
            return dataset() + ": " + json.get("note").asText();
        }
    }

    List<Golden> cases() {
        return cases;
    }

    List<Golden> swappedCases() {
        return IntStream.range(0, cases.size() / 4)
                .mapToObj(index -> cases.get(4 * index))
                .toList();
    }

    List<Golden> bestQualityCases() {
        return cases.stream()
                .filter(golden -> golden.methods().get(0).equals("best_quality"))
                .toList();
    }

    @BeforeAll
    void runEveryCaseInOneNight() throws IOException, SQLException {
        readCases();
        database = TestDatabase.create();
        jdbc = JdbcClient.create(database.dataSource());
        assertThat(Program.on(database).call("migrate").exitCode()).isZero();
        Program program = Program.on(database);
        Rows annotations = new Rows();
        Rows predictions = new Rows();
        for (Golden golden : cases) {
            load(golden, golden.dataset(), annotations, predictions);
            configure(program, golden, golden.dataset(), golden.methods());
        }
        for (Golden golden : swappedCases()) {
            load(golden, golden.dataset() + SWAPPED, annotations, predictions);
            configure(
                    program,
                    golden,
                    golden.dataset() + SWAPPED,
                    List.of(golden.methods().get(1), golden.methods().get(0)));
        }
        annotations.copyTo(database, Rows.ANNOTATION);
        predictions.copyTo(database, Rows.PREDICTION);
        run = program.call("run", "--parallel", "2");
    }

    @AfterAll
    void dropDatabase() {
        database.close();
    }

    private void readCases() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<Path> all = files.filter(path -> path.toString().endsWith(".json"))
                    .sorted()
                    .toList();
            for (int number = 0; number < all.size(); number += Slow.isIncluded() ? 1 : 5) {
                cases.add(new Golden(mapper.readTree(all.get(number).toFile())));
            }
        }
    }

    private static void load(Golden golden, String dataset, Rows annotations, Rows predictions) {
        for (JsonNode row : golden.json().get("annotations")) {
            annotations.add(
                    dataset,
                    row.get(0).asText(),
                    row.get(1).asText(),
                    row.get(2).asText(),
                    null);
        }
        for (String models : List.of("models", "unlabeled_models")) {
            golden.json().path(models).properties().forEach(model -> model.getValue()
                    .properties()
                    .forEach(example -> {
                        for (int label = 0; label < example.getValue().size(); label++) {
                            String name =
                                    golden.json().get("classes").get(label).asText();
                            double probability = example.getValue().get(label).asDouble();
                            predictions.add(dataset, model.getKey(), example.getKey(), name, probability);
                        }
                    }));
        }
    }

    private static void configure(Program program, Golden golden, String dataset, List<String> methods) {
        String prefix = "crowdlab.datasets." + dataset + ".";
        JsonNode classes = golden.json().get("classes");
        for (int label = 0; label < classes.size(); label++) {
            program.with(prefix + "classes[" + label + "]", classes.get(label).asText());
        }
        for (int method = 0; method < methods.size(); method++) {
            program.with(prefix + "consensus-methods[" + method + "]", methods.get(method));
        }
        program.with(prefix + "quality-method", golden.option("quality_method"));
        program.with(prefix + "label-quality-score", golden.option("label_quality_score"));
        program.with(prefix + "adjust-predictions", golden.option("adjust"));
        program.with(prefix + "calibrate-predictions", golden.option("calibrate"));
    }

    @Test
    void theCasesAreThere() {
        assertThat(cases).hasSize(Slow.cases(10, 48));
        assertThat(cases).anyMatch(golden -> golden.expected("model_weight").size() > 1);
        assertThat(cases).anyMatch(golden -> golden.option("consensus_method").equals("majority_vote"));
    }

    @Test
    void everyCaseIsPublished() {
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(jdbc.sql("select count(*) from crowdlab.published_run")
                        .query(Integer.class)
                        .single())
                .isEqualTo(cases.size() + swappedCases().size());
        assertThat(jdbc.sql("select distinct status from crowdlab.run")
                        .query(String.class)
                        .list())
                .containsExactly("PUBLISHED");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void labelsTieRulesAndScoresOfExamplesAreReproduced(Golden golden) {
        Map<Object, Map<String, Object>> rows = byKey("crowdlab_bi.label_quality", golden.dataset(), "example_id");
        assertThat(rows).hasSameSizeAs(golden.expected("label_quality"));
        for (JsonNode expected : golden.expected("label_quality")) {
            Map<String, Object> row = rows.get(expected.get("example_id").asText());
            assertThat(row)
                    .as(expected.toString())
                    .containsEntry(
                            "consensus_label", expected.get("consensus_label").asText())
                    .containsEntry("tie_break", expected.get("tie_break").asText())
                    .containsEntry(
                            "num_annotations", expected.get("num_annotations").asInt());
            assertNumber(row, "consensus_quality_score", expected);
            assertNumber(row, "annotator_agreement", expected);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void labelsAndScoresOfAnnotationsAreReproduced(Golden golden) {
        Map<Object, Map<String, Object>> rows = new HashMap<>();
        for (Map<String, Object> row : rows("crowdlab_bi.detailed_label_quality", golden.dataset())) {
            rows.put(List.of(row.get("example_id"), row.get("annotator_id")), row);
        }
        JsonNode annotations = golden.json().get("annotations");
        assertThat(rows).hasSameSizeAs(annotations);
        for (int annotation = 0; annotation < annotations.size(); annotation++) {
            JsonNode given = annotations.get(annotation);
            Map<String, Object> row =
                    rows.get(List.of(given.get(0).asText(), given.get(1).asText()));
            assertThat(row)
                    .as(given.toString())
                    .containsEntry("label", given.get(2).asText());
            assertNumber(
                    row,
                    "quality_score",
                    golden.expected("detailed_label_quality").get(annotation),
                    given);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void statisticsOfAnnotatorsAreReproduced(Golden golden) {
        Map<Object, Map<String, Object>> rows = byKey("crowdlab_bi.annotator_stats", golden.dataset(), "annotator_id");
        assertThat(rows).hasSameSizeAs(golden.expected("annotator_stats"));
        for (JsonNode expected : golden.expected("annotator_stats")) {
            Map<String, Object> row = rows.get(expected.get("annotator_id").asText());
            assertThat(row)
                    .as(expected.toString())
                    .containsEntry("worst_class", expected.get("worst_class").asText())
                    .containsEntry(
                            "num_examples_labeled",
                            expected.get("num_examples_labeled").asInt());
            assertNumber(row, "annotator_quality", expected);
            assertNumber(row, "agreement_with_consensus", expected);
            assertNumber(row, "annotator_weight", expected);
            assertThat(row.get("quality_reason") == null)
                    .as("a quality or the reason why there is none: " + expected)
                    .isEqualTo(expected.get("annotator_quality").isNumber());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void weightsOfModelsAreReproduced(Golden golden) {
        List<Map<String, Object>> rows =
                jdbc.sql("""
                        select m.model, m.model_weight, m.temperature from crowdlab.run_model m
                        join crowdlab.published_run p on p.run_id = m.run_id
                        where p.dataset = ? order by m.model collate "C\"""").param(golden.dataset()).query().listOfRows();
        List<String> models = new ArrayList<>();
        golden.json().get("models").fieldNames().forEachRemaining(models::add);
        assertThat(rows).extracting(row -> row.get("model")).containsExactlyElementsOf(new TreeSet<>(models));
        for (Map<String, Object> row : rows) {
            JsonNode expected = golden.expected("model_weight").path(models.indexOf(row.get("model")));
            assertThat(expected.isNumber()).isEqualTo(golden.hasWeights());
            assertNumber(row, "model_weight", expected, expected);
            JsonNode temperature = golden.expected("temperature").path(models.indexOf(row.get("model")));
            if (golden.option("calibrate").equals("true")) {
                assertNumber(row, "temperature", temperature, temperature);
            } else {
                assertThat(row.get("temperature")).isNull();
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void whatToLabelNextIsReproduced(Golden golden) {
        Map<Object, Map<String, Object>> rows = byKey("crowdlab_bi.label_next", golden.dataset(), "example_id");
        JsonNode examples = golden.expected("label_quality");
        JsonNode labeled = golden.expected("active_learning_labeled");
        for (int example = 0; example < examples.size(); example++) {
            JsonNode row = examples.get(example);
            Map<String, Object> score = rows.remove(row.get("example_id").asText());
            assertNumber(score, "score", labeled.get(example), row);
            assertThat(score)
                    .containsEntry("num_annotations", row.get("num_annotations").asInt());
        }
        List<String> pool = new ArrayList<>();
        golden.json().path("unlabeled_models").path("m0").fieldNames().forEachRemaining(pool::add);
        assertThat(rows.keySet()).containsExactlyInAnyOrderElementsOf(pool);
        for (int example = 0; example < pool.size(); example++) {
            Map<String, Object> score = rows.get(pool.get(example));
            JsonNode expected = golden.expected("active_learning_unlabeled").get(example);
            assertNumber(score, "score", expected, expected);
            assertThat(score).containsEntry("num_annotations", 0);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void theRunCountsWhatTheCaseHolds(Golden golden) {
        Map<String, Object> row = jdbc.sql("select * from crowdlab_bi.run_history where dataset = ? and is_current")
                .param(golden.dataset())
                .query()
                .singleRow();
        TreeSet<String> unlabeled = new TreeSet<>();
        golden.json().path("unlabeled_models").forEach(model -> model.fieldNames()
                .forEachRemaining(unlabeled::add));
        assertThat(row)
                .containsEntry(
                        "num_examples", (long) golden.expected("label_quality").size())
                .containsEntry("num_annotations", (long)
                        golden.json().get("annotations").size())
                .containsEntry("num_annotators", (long)
                        golden.expected("annotator_stats").size())
                .containsEntry(
                        "num_classes", (long) golden.json().get("classes").size())
                .containsEntry("num_unlabeled", (long) unlabeled.size())
                .containsEntry("num_collapsed", 0L)
                .containsEntry("num_rejected", 0L);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bestQualityCases")
    void theMajorityVoteStandsBesideAnotherConsensus(Golden golden) {
        Map<Object, Map<String, Object>> rows = new HashMap<>();
        for (Map<String, Object> row : alternatives(golden.dataset())) {
            assertThat(row).containsEntry("consensus_method", "majority_vote");
            rows.put(row.get("example_id"), row);
        }
        assertThat(rows).hasSameSizeAs(golden.expected("label_quality"));
        for (JsonNode expected : golden.expected("label_quality")) {
            assertThat(rows.get(expected.get("example_id").asText()))
                    .as(expected.toString())
                    .containsEntry(
                            "consensus_label", expected.get("majority_vote").asText());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("swappedCases")
    void anAlternativeIsWhatWouldHaveBeenPublished(Golden golden) {
        for (String dataset : List.of(golden.dataset(), golden.dataset() + SWAPPED)) {
            String other = dataset.endsWith(SWAPPED) ? golden.dataset() : dataset + SWAPPED;
            List<Map<String, Object>> published =
                    jdbc.sql("""
                            select example_id, consensus_label, consensus_quality_score, annotator_agreement
                            from crowdlab_bi.label_quality where dataset = ? order by example_id""").param(other).query().listOfRows();
            List<Map<String, Object>> alternatives = alternatives(dataset);
            alternatives.forEach(row -> row.remove("consensus_method"));
            assertThat(alternatives).isNotEmpty().isEqualTo(published);
        }
    }

    private List<Map<String, Object>> alternatives(String dataset) {
        return jdbc.sql("""
                        select a.consensus_method, a.example_id, a.consensus_label, a.consensus_quality_score,
                            a.annotator_agreement
                        from crowdlab.published_run p
                        join crowdlab.alternative_consensus a on a.run_id between p.run_id and p.run_id
                        where p.dataset = ? order by a.example_id""").param(dataset).query().listOfRows();
    }

    private List<Map<String, Object>> rows(String view, String dataset) {
        return jdbc.sql("select * from " + view + " where dataset = ?")
                .param(dataset)
                .query()
                .listOfRows();
    }

    private Map<Object, Map<String, Object>> byKey(String view, String dataset, String key) {
        Map<Object, Map<String, Object>> rows = new HashMap<>();
        for (Map<String, Object> row : rows(view, dataset)) {
            assertThat(rows.put(row.get(key), row)).isNull();
        }
        return rows;
    }

    private static void assertNumber(Map<String, Object> row, String column, JsonNode expected) {
        assertNumber(row, column, expected.get(column), expected);
    }

    private static void assertNumber(Map<String, Object> row, String column, JsonNode expected, JsonNode where) {
        Object actual = row.get(column);
        String description = column + " of " + where;
        if (expected.isNumber()) {
            assertThat(actual).as(description).isInstanceOf(Double.class);
            assertThat((@Nullable Double) actual).as(description).isCloseTo(expected.asDouble(), within(TOLERANCE));
        } else {
            assertThat(row).as(description).containsEntry(column, null);
        }
    }
}
