package dev.crowdlab.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crowdlab.engine.Crowdlab;
import dev.crowdlab.engine.LocalPassRunner;
import dev.crowdlab.engine.Options;
import dev.crowdlab.engine.Supplements;
import dev.crowdlab.engine.gold.GoldUse;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.pass.Predictions;
import dev.crowdlab.engine.pass.Slice;
import dev.crowdlab.engine.soft.AnnotatorForecasts;
import dev.crowdlab.engine.soft.SoftLabels;
import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Program.Result;
import dev.crowdlab.testing.Warehouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one annotator would say, as a file, against the engine's forecasts from the same labels. */
class AnnotatorForecastIT {

    /** Posteriors beyond this are not told apart from certainty. */
    private static final double EXACT = 2e-6;

    @TempDir
    private Path directory;

    private Warehouse warehouse;

    @BeforeEach
    void fill() throws SQLException {
        warehouse = Warehouse.with("d");
        warehouse.execute(
                "delete from crowdlab.prediction",
                "update crowdlab.annotation set annotator_id = '=x' where annotator_id = 'a1'",
                "insert into crowdlab.annotation (dataset, example_id, annotator_id, label) values ('d', 'e41', 'a2', 'red')",
                "insert into crowdlab.gold (dataset, example_id, label) values ('d', 'e1', 'blue'), ('d', 'e2', 'red')");
    }

    @AfterEach
    void drop() {
        warehouse.close();
    }

    private Program plain() {
        return warehouse.program().with("crowdlab.datasets.d.consensus-methods", "committee");
    }

    private Program forecasting() {
        return plain().with("crowdlab.datasets.d.store-soft-labels", "true")
                .with("crowdlab.datasets.d.store-posterior", "true");
    }

    private Path export(Program program, String annotator, String file, String... more) {
        Path path = directory.resolve(file);
        List<String> words = new ArrayList<>(
                List.of("export", "--dataset", "d", "--table", "annotator-forecast", "--out", path.toString()));
        if (!annotator.isEmpty()) {
            words.addAll(List.of("--annotator", annotator));
        }
        words.addAll(List.of(more));
        Result result = program.call(words.toArray(String[]::new));
        assertThat(result.exitCode()).as(result.err()).isZero();
        return path;
    }

    private String refused(Program program, String... words) {
        List<String> all = new ArrayList<>(List.of(
                "export", "--dataset", "d", "--out", directory.resolve("x.csv").toString(), "--table"));
        all.addAll(List.of(words));
        Result result = program.call(all.toArray(String[]::new));
        assertThat(result.exitCode()).as(result.out()).isEqualTo(2);
        assertThat(directory.resolve("x.csv")).doesNotExist();
        return result.err().strip();
    }

    /** [examples, by id × classes] from an analysis of the annotations that the run has stored. */
    private double[][] expected(String annotator, GoldUse use) throws SQLException {
        List<String> examples =
                warehouse.column("select example_id from crowdlab_bi.label_quality order by example_id");
        List<String> annotators = warehouse.column("select annotator_id from crowdlab_bi.annotator_stats order by 1");
        List<String> classes = warehouse.column("select label from crowdlab_bi.run_classes order by class_index");
        int[][] rows = warehouse
                .column(
                        "select example_id || ' ' || annotator_id || ' ' || label from crowdlab_bi.detailed_label_quality")
                .stream()
                .map(row -> row.split(" "))
                .map(row -> new int[] {examples.indexOf(row[0]), annotators.indexOf(row[1]), classes.indexOf(row[2])})
                .toArray(int[][]::new);
        Annotations annotations = Annotations.of(classes.size(), annotators.size(), rows);
        int[] gold = new int[examples.size()];
        Arrays.fill(gold, -1);
        gold[examples.indexOf("e1")] = classes.indexOf("blue");
        gold[examples.indexOf("e2")] = classes.indexOf("red");
        Options options = Options.defaults()
                .withConsensus(ConsensusMethod.COMMITTEE)
                .withGold(use)
                .withSupplements(Supplements.NONE.withSoftLabels());
        Slice slice = new Slice(annotations, Predictions.none(examples.size(), classes.size())).with(Column.GOLD, gold);
        try (LocalPassRunner passes = new LocalPassRunner(slice, 1, 64)) {
            SoftLabels labels = Crowdlab.estimate(passes, options).softLabels().orElseThrow();
            AnnotatorForecasts.Reader reader =
                    AnnotatorForecasts.of(passes, labels).orElseThrow().on(passes.slice());
            double[][] forecasts = new double[examples.size()][classes.size()];
            for (int example = 0; example < examples.size(); example++) {
                reader.fill(example, annotators.indexOf(annotator), forecasts[example]);
            }
            return forecasts;
        }
    }

    @Test
    void itIsTheEnginesWhetherGoldDecidesOrNot() throws Exception {
        for (GoldUse use : List.of(GoldUse.MEASURE, GoldUse.FIX)) {
            Program program = forecasting().with("crowdlab.datasets.d.use-gold", String.valueOf(use == GoldUse.FIX));
            program.call(0, "run");
            for (String annotator : List.of("=x", "a3")) {
                double[][] expected = expected(annotator, use);
                List<String> lines = Files.readAllLines(export(program, annotator, "forecast.jsonl"));
                List<String> table = Files.readAllLines(export(program, annotator, "forecast.csv"));
                assertThat(table.get(0))
                        .isEqualTo("example_id,consensus_label,annotator_id,run_id,probability:blue,probability:green,"
                                + "probability:red");
                assertThat(lines).hasSize(41);
                for (int example = 0; example < 41; example++) {
                    JsonNode row = new ObjectMapper().readTree(lines.get(example));
                    String[] cells = table.get(1 + example).split(",");
                    assertThat(row.get("annotator_id").asText()).isEqualTo(annotator);
                    double sum = 0;
                    for (int label = 0; label < 3; label++) {
                        double found = row.get("probability")
                                .get(List.of("blue", "green", "red").get(label))
                                .asDouble();
                        assertThat(found).isCloseTo(expected[example][label], within(EXACT));
                        assertThat(Double.parseDouble(cells[4 + label])).isEqualTo(found);
                        sum += found;
                    }
                    assertThat(sum).isCloseTo(1, within(1e-9));
                }
            }
        }
        assertThat(Files.readString(export(forecasting(), "=x", "safe.csv", "--spreadsheet-safe")))
                .contains(",'=x,");
        assertThat(export(forecasting(), "a3", "forecast.parquet")).isNotEmptyFile();
    }

    @Test
    void itIsForThoseWhoMayReadTheStatisticsOfAnnotators() throws SQLException {
        forecasting().call(0, "run");
        warehouse.execute(
                "create role forecast_it login password 'reader' in role crowdlab_reader",
                "revoke select on crowdlab_bi.annotator_stats from crowdlab_reader");
        Program reader = Program.on(warehouse.database(), "forecast_it", "reader");
        String refused = refused(reader, "annotator-forecast", "--annotator", "a3");
        warehouse.execute("grant select on crowdlab_bi.annotator_stats to crowdlab_reader");
        assertThat(export(reader, "a3", "mine.csv")).isNotEmptyFile();
        warehouse.execute("drop role forecast_it");
        assertThat(refused)
                .isEqualTo("A forecast describes a person, and this user may not read crowdlab_bi.annotator_stats; ask"
                        + " whoever may");
    }

    @Test
    void nothingIsForetoldOfWhoWasForgotten() throws SQLException {
        forecasting().call(0, "run");
        forecasting().call(0, "forget", "--annotator", "a3");
        String pseudonym = warehouse.value(
                "select annotator_id from crowdlab_bi.annotator_stats where annotator_id like 'forgotten%'");
        assertThat(refused(forecasting(), "annotator-forecast", "--annotator", "a3"))
                .isEqualTo("Dataset 'd' has no annotator 'a3'; annotator_stats has all");
        assertThat(refused(forecasting(), "annotator-forecast", "--annotator", pseudonym))
                .isEqualTo("Annotator '" + pseudonym + "' was forgotten, so that nothing is foretold of them");
    }

    @Test
    void whatIsMissingIsSaid() {
        plain().call(0, "run");
        assertThat(refused(plain(), "annotator-forecast"))
                .isEqualTo("annotator-forecast is about one annotator; give --annotator");
        assertThat(refused(plain(), "label_quality", "--annotator", "a3"))
                .isEqualTo("--annotator goes with --table annotator-forecast; leave it out");
        assertThat(refused(plain(), "annotator-forecast", "--annotator", "a3"))
                .isEqualTo("The published run of dataset 'd' did not store what forecasts are made of; set"
                        + " crowdlab.datasets.d.store-soft-labels: true and .store-posterior: true, and run it again");
        forecasting().with("crowdlab.datasets.d.use-gold", "anchor").call(0, "run");
        assertThat(refused(plain(), "annotator-forecast", "--annotator", "a3"))
                .isEqualTo("Forecasts are not made of a dataset with use-gold: anchor or with machines");
    }
}
