package dev.crowdlab.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.RealData;
import dev.crowdlab.testing.TestDatabase;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Published data sets with their known labels as gold. Run with {@code -Prealdata}, where they are. */
@Tag("realdata")
class GoldRealDataIT {

    private static final List<String> DATASETS = List.of("bluebirds", "rte", "web");
    private static final int DRAWS = 3;

    private static TestDatabase database;
    private static JdbcClient jdbc;

    @BeforeAll
    static void load() throws IOException, SQLException {
        database = TestDatabase.create();
        jdbc = JdbcClient.create(database.dataSource());
        assertThat(Program.on(database).call("migrate").exitCode()).isZero();
        RealData.load(database, DATASETS);
    }

    @AfterAll
    static void drop() {
        database.close();
    }

    private static String setting(String dataset, String name) {
        return "crowdlab.datasets." + dataset + "." + name;
    }

    private static Program program(String dataset, String goldQuery) {
        return Program.on(database)
                .with(
                        setting(dataset, "annotations-query"),
                        "select * from crowdlab.annotation where dataset = '" + dataset + "'")
                .with(setting(dataset, "gold-query"), goldQuery);
    }

    private static void run(Program program, String dataset) {
        Program.Result result = program.call("run", "--dataset", dataset);
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    }

    /** With the first model, as RealDataIT and the study of the committee have it. */
    @ParameterizedTest
    @CsvSource({"bluebirds, 0.852, 0.898", "rte, 0.840, 0.931", "web, 0.774, 0.918"})
    void theAccuracyIsThatOfTheReferences(String dataset, double crowdlab, double committee) {
        run(
                program(dataset, "select * from public.truth where dataset = '" + dataset + "'")
                        .with(
                                setting(dataset, "predictions-query"),
                                "select * from crowdlab.prediction where dataset = '" + dataset + "'")
                        .with(setting(dataset, "consensus-methods"), "best_quality,committee"),
                dataset);
        assertThat(accuracy(dataset, "best_quality")).isCloseTo(crowdlab, within(1e-3));
        assertThat(accuracy(dataset, "committee")).isCloseTo(committee, within(3e-3));
        assertThat(number("select count(*) from crowdlab_bi.annotator_stats where dataset = '" + dataset
                        + "' and not (gold_lower <= gold_accuracy and gold_accuracy <= gold_upper)"))
                .isZero();
        assertThat(number(
                        "select sum(num_gold * actual) / sum(num_gold) from crowdlab_bi.calibration_bins where dataset = '"
                                + dataset + "' and consensus_method = 'committee'"))
                .isCloseTo(accuracy(dataset, "committee"), within(1e-12));
    }

    private static double accuracy(String dataset, String method) {
        return number("select gold_accuracy from crowdlab_bi.run_consensus where dataset = '" + dataset
                + "' and consensus_method = '" + method + "'");
    }

    private static double number(String query) {
        return jdbc.sql(query).query(Double.class).single();
    }

    /**
     * The committee on annotations alone: 50 examples of gold, three draws. The accuracy on all others changes by no more than two
     * points on average, as in the study, where it was -0.6 (of 108 examples), -0.1 and +0.3.
     */
    @ParameterizedTest
    @CsvSource({"bluebirds, -0.006", "rte, -0.001", "web, 0.003"})
    void usedGoldMovesTheOthersLittle(String dataset, double change) {
        double sum = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            String gold = "select example_id, label from public.truth where dataset = '" + dataset
                    + "' order by md5(example_id || '" + draw + "') limit 50";
            Program program = program(dataset, gold).with(setting(dataset, "consensus-methods"), "committee");
            run(program, dataset);
            double without = accuracyOfOthers(dataset, gold);
            run(program.with(setting(dataset, "use-gold"), "true"), dataset);
            assertThat(number("select count(*) from crowdlab_bi.label_quality l join (" + gold
                            + ") g on g.example_id = l.example_id and g.label = l.consensus_label where l.dataset = '"
                            + dataset + "'"))
                    .isEqualTo(50);
            sum += accuracyOfOthers(dataset, gold) - without;
        }
        assertThat(sum / DRAWS).isCloseTo(change, within(0.02));
    }

    private static double accuracyOfOthers(String dataset, String gold) {
        return number("select avg((l.consensus_label = t.label)::int) from crowdlab_bi.label_quality l"
                + " join public.truth t using (dataset, example_id) where dataset = '" + dataset
                + "' and example_id not in (select example_id from (" + gold + ") g)");
    }

    @Test
    void anAccuracyBelowTheMinimumIsRefused() {
        Program.Result result = program("rte", "select * from public.truth where dataset = 'rte'")
                .with(setting("rte", "consensus-methods"), "majority_vote")
                .with(setting("rte", "checks.min-gold-accuracy"), "0.93")
                .call("run", "--dataset", "rte");
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.out() + result.err()).contains("735 of 800 gold labels equal the published label (91.88 %");
    }
}
