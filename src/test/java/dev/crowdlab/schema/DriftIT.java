package dev.crowdlab.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Rows;
import dev.crowdlab.testing.Warehouse;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * How often annotator_periods.is_drifting is wrong, by simulation: annotators whose every label is right with the same
 * probability, week after week, which gives a mean of a period the greatest variance that scores from 0 to 1 can have,
 * and annotators who turn careless.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DriftIT {

    private static final int ANNOTATORS = 150;
    private static final int WEEKS = 30;
    private static final int TURN = 10;
    private static final double MOST_FALSE_ALARMS = 0.003;

    private final Random random = new Random(20_260_105);
    private Warehouse warehouse;

    @BeforeAll
    void simulate() throws SQLException {
        warehouse = Warehouse.with();
        warehouse.execute("""
                insert into crowdlab.run (run_id, dataset, as_of, status, started_at, software_version, results_version, settings)
                values (1, 'simulated', now(), 'RUNNING', now(), '1', 1, '{}')""", "insert into crowdlab.published_run values ('simulated', 1, now())");
        Rows rows = new Rows();
        for (double skill : new double[] {0.5, 0.7, 0.8, 0.9, 0.95, 0.98}) {
            for (int labels : new int[] {10, 20, 60}) {
                for (int annotator = 0; annotator < ANNOTATORS; annotator++) {
                    label(rows, "steady %s %s %s".formatted(skill, labels, annotator), labels, skill, skill);
                }
            }
        }
        for (int annotator = 0; annotator < ANNOTATORS; annotator++) {
            label(rows, "careless 0.85 20 " + annotator, 20, 0.85, 0.4);
        }
        rows.copyTo(
                warehouse.database(),
                "crowdlab.annotator_period (run_id, annotator_id, period_start, num_annotations,"
                        + " agreement_with_consensus, mean_quality_score, quality_lower, quality_upper)");
    }

    private void label(Rows rows, String annotator, int labels, double skillBefore, double skillAfter) {
        for (int week = 0; week < WEEKS; week++) {
            double skill = week < TURN ? skillBefore : skillAfter;
            long right = random.doubles(labels).filter(chance -> chance < skill).count();
            double mean = right / (double) labels;
            rows.add(1, annotator, LocalDate.of(2026, 1, 5).plusWeeks(week), labels, mean, mean, 0, 1);
        }
    }

    @AfterAll
    void drop() throws SQLException {
        warehouse.close();
    }

    @Test
    void anAnnotatorWhoHasNotChangedIsHardlyEverFlagged() throws SQLException {
        List<String> shares = warehouse.column("""
                select avg(is_drifting::int)
                from crowdlab_bi.annotator_periods
                where dataset = 'simulated' and annotator_id like 'steady%' and period_start > '2026-01-12'
                group by split_part(annotator_id, ' ', 2), split_part(annotator_id, ' ', 3)""");
        assertThat(shares).hasSize(18).allSatisfy(share -> assertThat(Double.parseDouble(share))
                .as(shares.toString())
                .isLessThan(MOST_FALSE_ALARMS));
        assertThat(shares.stream().mapToDouble(Double::parseDouble).sum()).isPositive();
    }

    @Test
    void anAnnotatorWhoTurnsCarelessIsFlaggedWithinTwoWeeks() throws SQLException {
        assertThat(warehouse.value("""
                select count(distinct annotator_id) filter (where is_drifting) / %s.0 >= 0.9
                from crowdlab_bi.annotator_periods
                where dataset = 'simulated' and annotator_id like 'careless%%'
                    and period_start between date '2026-01-05' + 7 * %s and date '2026-01-05' + 7 * (%s + 1)""".formatted(ANNOTATORS, TURN, TURN))).isEqualTo("t");
    }
}
