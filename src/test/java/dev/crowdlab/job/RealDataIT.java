package dev.crowdlab.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.RealData;
import dev.crowdlab.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Eight published crowdsourcing data sets, which are not part of this project: a folder for each with annotations.csv.gz,
 * predictions.csv.gz and, where it is known, truth.csv.gz. Run with {@code -Prealdata}, which .ci/run gives where they are.
 */
@Tag("realdata")
class RealDataIT {

    private static final List<String> DATASETS =
            List.of("adult2", "bluebirds", "ds1979", "fact_eval", "fleiss1971", "rte", "trec", "web");

    /** Share of the known true labels that the consensus hits, as the reference implementation gives it, to three digits. */
    private static final Map<String, Double> ACCURACIES =
            Map.of("adult2", 0.673, "bluebirds", 0.852, "fact_eval", 0.899, "rte", 0.840, "trec", 0.743, "web", 0.774);

    @Test
    void eightRealDataSetsRunInOneNight() throws IOException, SQLException {
        try (TestDatabase database = TestDatabase.create()) {
            JdbcClient jdbc = JdbcClient.create(database.dataSource());
            assertThat(Program.on(database).call("migrate").exitCode()).isZero();
            RealData.load(database, DATASETS);
            Program.Result night = Program.on(database).call("run", "--parallel", "2");
            assertThat(night.exitCode()).as(night.out() + night.err()).isEqualTo(3);
            assertThat(statuses(jdbc)).allSatisfy((dataset, status) -> assertThat(status)
                    .as(dataset)
                    .isEqualTo(dataset.equals("ds1979") ? "REFUSED" : "PUBLISHED"));
            checkAccuracies(jdbc);
            checkRemarks(jdbc);
            checkAgreement(jdbc);
            conflictingAnnotationsArePublishedOnRequest(database, jdbc);
        }
    }

    /** Every model of a data set at once, plain and calibrated, against an independent computation in numpy. */
    @Test
    void allModelsTogetherAgreeWithAnIndependentComputation() throws IOException, SQLException {
        try (TestDatabase database = TestDatabase.create()) {
            JdbcClient jdbc = JdbcClient.create(database.dataSource());
            assertThat(Program.on(database).call("migrate").exitCode()).isZero();
            RealData.load(database, DATASETS);
            RealData.loadModels(database, DATASETS);
            List<Expected> expected = Expected.all();
            Program program = Program.on(database);
            List<String> run = new ArrayList<>(List.of("run", "--parallel", "2"));
            for (Expected line : expected) {
                String prefix = "crowdlab.datasets." + line.name() + ".";
                program.with(
                                prefix + "annotations-query",
                                "select example_id, annotator_id, label from crowdlab.annotation where dataset = '"
                                        + line.dataset() + "'")
                        .with(
                                prefix + "predictions-query",
                                "select example_id, model, label, probability from all_models where dataset = '"
                                        + line.dataset() + "'")
                        .with(prefix + "calibrate-predictions", String.valueOf(line.calibrated()))
                        .with(prefix + "checks.max-rejected-share", "0.15");
                run.addAll(List.of("--dataset", line.name()));
            }
            Program.Result night = program.call(run.toArray(String[]::new));
            assertThat(night.exitCode()).as(night.out() + night.err()).isZero();
            expected.forEach(line -> line.check(jdbc));
        }
    }

    /** What src/test/resources/realdata/expected.py computed. */
    private record Expected(
            String dataset,
            boolean calibrated,
            double[] temperatures,
            double[] modelWeights,
            double meanQuality,
            String accuracy) {

        private static final double TOLERANCE = 1e-9;

        static List<Expected> all() throws IOException {
            return Files.readAllLines(Path.of("src", "test", "resources", "realdata", "expected.csv")).stream()
                    .skip(1)
                    .map(line -> line.split(",", -1))
                    .map(cells -> new Expected(
                            cells[0],
                            Boolean.parseBoolean(cells[1]),
                            numbers(cells[2]),
                            numbers(cells[3]),
                            Double.parseDouble(cells[4]),
                            cells[5]))
                    .toList();
        }

        private static double[] numbers(String cell) {
            return cell.isEmpty()
                    ? new double[0]
                    : Arrays.stream(cell.split(" "))
                            .mapToDouble(Double::parseDouble)
                            .toArray();
        }

        String name() {
            return dataset + (calibrated ? "-calibrated" : "-plain");
        }

        void check(JdbcClient jdbc) {
            assertThat(column(jdbc, "model_weight")).as(name()).containsExactly(modelWeights, within(TOLERANCE));
            assertThat(column(jdbc, "temperature")).as(name()).containsExactly(temperatures, within(TOLERANCE));
            assertThat(jdbc.sql("select avg(consensus_quality_score) from crowdlab_bi.label_quality where dataset = ?")
                            .param(name())
                            .query(Double.class)
                            .single())
                    .as(name())
                    .isCloseTo(meanQuality, within(TOLERANCE));
            if (!accuracy.isEmpty()) {
                assertThat(accuracyOf(jdbc, name(), dataset))
                        .as(name())
                        .isCloseTo(Double.parseDouble(accuracy), within(TOLERANCE));
            }
            assertThat(jdbc.sql("select count(*) from crowdlab_bi.label_next where dataset = ?")
                            .param(name())
                            .query(Long.class)
                            .single())
                    .as(name())
                    .isGreaterThanOrEqualTo(jdbc.sql("select count(*) from crowdlab_bi.label_quality where dataset = ?")
                            .param(name())
                            .query(Long.class)
                            .single());
        }

        private double[] column(JdbcClient jdbc, String column) {
            return jdbc
                    .sql("select m." + column + " from crowdlab.run_model m join crowdlab.published_run p"
                            + " on p.run_id = m.run_id where p.dataset = ? and m." + column + " is not null"
                            + " order by m.model")
                    .param(name())
                    .query(Double.class)
                    .list()
                    .stream()
                    .mapToDouble(Double::doubleValue)
                    .toArray();
        }
    }

    private static Map<String, String> statuses(JdbcClient jdbc) {
        Map<String, String> statuses = new TreeMap<>();
        jdbc.sql("select dataset, status from crowdlab.run")
                .query((row, number) -> statuses.put(row.getString(1), row.getString(2)))
                .list();
        assertThat(statuses).containsOnlyKeys(DATASETS);
        return statuses;
    }

    private static void checkAccuracies(JdbcClient jdbc) {
        ACCURACIES.forEach((dataset, expected) -> {
            assertThat(accuracyOf(jdbc, dataset, dataset)).as(dataset).isCloseTo(expected, within(0.0005));
        });
    }

    private static double accuracyOf(JdbcClient jdbc, String dataset, String truth) {
        return jdbc.sql("""
                        select avg((l.consensus_label = t.label)::int)::float8 from crowdlab_bi.label_quality l
                        join truth t on t.example_id = l.example_id
                        where l.dataset = ? and t.dataset = ?""").params(dataset, truth).query(Double.class).single();
    }

    private static void checkRemarks(JdbcClient jdbc) {
        assertThat(jdbc.sql("""
                        select r.dataset from crowdlab.run_check c join crowdlab.run r on r.run_id = c.run_id
                        where c.code = 'ANNOTATORS_AT_FLOOR' and c.severity = 'WARN'
                            and c.message like '%the consensus is the model alone%'""").query(String.class).list()).containsExactlyInAnyOrder("adult2", "trec");
        assertThat(jdbc.sql("""
                        select r.dataset from crowdlab.run_check c join crowdlab.run r on r.run_id = c.run_id
                        where c.code = 'REJECTED_SHARE' and c.severity = 'FAIL'""").query(String.class).list()).containsExactly("ds1979");
        assertThat(jdbc.sql("select message from crowdlab.run_check where code = 'CLASS_ORDER'")
                        .query(String.class)
                        .list())
                .as("false alarms")
                .isEmpty();
        assertThat(jdbc.sql("select num_rejected from crowdlab.run where dataset = 'ds1979'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(39);
        assertThat(jdbc.sql("""
                        select count(*) from crowdlab_bi.label_quality
                        where dataset = 'trec' and num_annotations = 1""").query(Integer.class).single()).isEqualTo(615);
        assertThat(jdbc.sql("""
                        select count(*) from crowdlab_bi.annotator_stats
                        where dataset = 'trec' and agreement_imputed and annotator_quality is null""").query(Integer.class).single()).isEqualTo(2);
    }

    /** What src/test/resources/realdata/agreement.py computed, the refused ds1979 included. */
    private static void checkAgreement(JdbcClient jdbc) throws IOException {
        for (String line : Files.readAllLines(Path.of("src", "test", "resources", "realdata", "agreement.csv"))
                .subList(1, 41)) {
            String[] cells = line.split(",", -1);
            List<Double> found = jdbc.sql("""
                            select unnest(array[s.value, s.lower, s.upper, s.num_items])
                            from crowdlab.dataset_stats s
                            join crowdlab.run r on r.run_id = s.run_id
                            where r.dataset = ? and s.statistic = ?""")
                    .params(cells[0], cells[1])
                    .query((row, number) -> row.getObject(1, Double.class))
                    .list();
            for (int cell = 2; cell < cells.length; cell++) {
                if (cells[cell].isEmpty()) {
                    assertThat(found.get(cell - 2)).as(line).isNull();
                } else {
                    assertThat(found.get(cell - 2)).as(line).isCloseTo(Double.parseDouble(cells[cell]), within(1e-9));
                }
            }
        }
        assertThat(jdbc.sql("select message from crowdlab.run_check where code = 'OPPOSITE_LABELS'")
                        .query(String.class)
                        .list())
                .as("who gives one class nearly always is not opposite for that; '20' of bluebirds is right on 32 %")
                .singleElement()
                .asString()
                .contains("'20' (agrees with '26' on 28.7 % of 108 common examples, where guessing would on 50.0 %)");
        assertThat(jdbc.sql("""
                        select c.observed || ' ' || c.message from crowdlab.run_check c join crowdlab.run r on r.run_id = c.run_id
                        where c.code = 'ONE_CLASS_ANNOTATORS' and r.dataset = 'trec'""").query(String.class).list())
                .singleElement()
                .asString()
                .startsWith("20 20 annotators give one class nearly always: '37' (\"1\" in 99.9 % of 7078 labels")
                .contains("'29' (\"0\" in 99.7 % of 3220 labels, the consensus in 38.6 %)");
    }

    private static void conflictingAnnotationsArePublishedOnRequest(TestDatabase database, JdbcClient jdbc) {
        Program.Result result = Program.on(database)
                .with("crowdlab.datasets.ds1979.checks.max-rejected-share", "0.15")
                .call("run", "--dataset", "ds1979");
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        assertThat(jdbc.sql("""
                        select count(*) from crowdlab.rejected_row j
                        join crowdlab.published_run p on p.run_id = j.run_id
                        where p.dataset = 'ds1979' and j.reason = 'CONFLICTING_ANNOTATION'""").query(Integer.class).single()).isEqualTo(39);
    }
}
