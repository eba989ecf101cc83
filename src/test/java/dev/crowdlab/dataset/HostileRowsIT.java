package dev.crowdlab.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.HostileText;
import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Rows;
import dev.crowdlab.testing.Warehouse;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** 8,000 rows that nobody meant, and names that hold SQL: each row is accounted for, and everything is still there. */
class HostileRowsIT {

    private static final int ANNOTATIONS = 5_000;
    private static final int PREDICTIONS = 3_000;
    private static final int MANY = 40;

    @Test
    void everyRowIsAnalyzedCollapsedOrRefused() throws SQLException {
        Random random = new Random(3);
        try (Warehouse warehouse = Warehouse.with()) {
            Rows annotations = new Rows();
            for (int row = 0; row < ANNOTATIONS; row++) {
                annotations.add("hostile", id(random), id(random), label(random), time(random));
            }
            Rows predictions = new Rows();
            for (int row = 0; row < PREDICTIONS; row++) {
                predictions.add("hostile", model(random), id(random), label(random), probability(random));
            }
            annotations.copyTo(warehouse.database(), Rows.ANNOTATION);
            predictions.copyTo(warehouse.database(), Rows.PREDICTION);
            warehouse.execute("create table everything as select 'annotation' as source, * from crowdlab.annotation");
            for (String missing : List.of("reject", "uniform")) {
                Program.Result night = warehouse
                        .program()
                        .with("crowdlab.datasets.hostile.on-missing-prediction", missing)
                        .with("crowdlab.datasets.hostile.checks.max-rejected-share", "1")
                        .with("crowdlab.datasets.hostile.checks.min-examples", "0")
                        .call("run", "--dataset", "hostile", "--force");
                assertThat(night.exitCode()).as(night.out() + night.err()).isZero();
                assertThat(night.out() + night.err()).doesNotContain("\tat ").doesNotContain("Exception");
                assertEveryRowIsAccountedFor(warehouse);
            }
            assertThat(warehouse.value("select count(*) from crowdlab_bi.label_quality"))
                    .isNotEqualTo("0");
            assertIdsAreWhatTheyWere(warehouse);
        }
    }

    @Test
    void namesThatHoldSqlAreNames() throws SQLException {
        Random random = new Random(4);
        try (Warehouse warehouse = Warehouse.with("colors")) {
            List<String> relations = warehouse.relations();
            String[] words = Stream.concat(
                            Stream.of("run"),
                            Stream.generate(() -> "--dataset=" + HostileText.next(random))
                                    .limit(MANY))
                    .toArray(String[]::new);
            Program.Result unknown = warehouse.program().call(words);
            assertThat(unknown.exitCode()).isEqualTo(2);
            assertThat(unknown.err())
                    .contains("There is no dataset ''; drop table")
                    .doesNotContain("\tat ");
            Rows rows = new Rows();
            for (int dataset = 0; dataset < MANY; dataset++) {
                rows.add(HostileText.next(random), "e", "a", "l", null);
            }
            rows.copyTo(warehouse.database(), Rows.ANNOTATION);
            Program.Result night = warehouse.program().call("run");
            assertThat(night.exitCode()).isEqualTo(1);
            assertThat(night.out() + night.err()).doesNotContain("\tat ").doesNotContain("Exception");
            assertThat(warehouse.column("select dataset || ' ' || status from crowdlab.run order by 1"))
                    .contains("colors PUBLISHED");
            assertThat(warehouse.relations())
                    .filteredOn(relation -> !relation.matches(".*_r\\d+.*"))
                    .containsExactlyElementsOf(relations);
        }
    }

    private static void assertEveryRowIsAccountedFor(Warehouse warehouse) throws SQLException {
        assertThat(warehouse.value("""
                        select r.num_annotations + r.num_collapsed + (
                            select count(*) from crowdlab.rejected_row j
                            where j.run_id = r.run_id and j.source = 'annotation')
                        from crowdlab.run r where r.status = 'PUBLISHED' order by run_id desc limit 1""")).isEqualTo(String.valueOf(ANNOTATIONS));
        assertThat(warehouse.value("select num_rejected = (select count(*) from crowdlab.rejected_row j"
                        + " where j.run_id = r.run_id) from crowdlab.run r order by run_id desc limit 1"))
                .isEqualTo("t");
    }

    private static void assertIdsAreWhatTheyWere(Warehouse warehouse) throws SQLException {
        assertThat(warehouse.value("""
                        select count(*) from crowdlab_bi.detailed_label_quality l
                        where not exists (
                            select from everything e
                            where e.example_id = l.example_id and e.annotator_id = l.annotator_id and e.label = l.label)""")).isEqualTo("0");
        assertThat(warehouse.value("select count(*) from crowdlab.annotation")).isEqualTo(String.valueOf(ANNOTATIONS));
    }

    private static String id(Random random) {
        return random.nextInt(4) == 0
                ? HostileText.next(random)
                : random.nextInt(50) == 0 ? null : "i" + random.nextInt(60);
    }

    private static String model(Random random) {
        return random.nextInt(200) == 0 ? HostileText.next(random) : "m" + random.nextInt(3);
    }

    private static String label(Random random) {
        return random.nextInt(10) == 0
                ? HostileText.next(random)
                : random.nextInt(50) == 0 ? null : "c" + random.nextInt(3);
    }

    private static String time(Random random) {
        return random.nextInt(3) == 0 ? null : "2026-01-0" + (1 + random.nextInt(9));
    }

    private static Object probability(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> Double.NaN;
            case 1 -> -0.5;
            case 2 -> Double.POSITIVE_INFINITY;
            case 3 -> 1e-320;
            default -> random.nextDouble();
        };
    }
}
