package dev.crowdlab.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.RealData;
import dev.crowdlab.testing.TestDatabase;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Published data sets in which annotators abstain, against what the study's program says of them. Run with {@code -Prealdata}. */
@Tag("realdata")
class AbstentionsRealDataIT {

    private static Program program(TestDatabase database, String dataset, String abstain) {
        return Program.on(database)
                .with(
                        "crowdlab.datasets." + dataset + ".annotations-query",
                        "select * from crowdlab.annotation where dataset = '" + dataset + "'")
                .with("crowdlab.datasets." + dataset + ".consensus-methods", "committee,dawid_skene,majority_vote")
                .with("crowdlab.datasets." + dataset + ".abstain", abstain)
                .with("crowdlab.datasets." + dataset + ".checks.max-rejected-share", "0.1");
    }

    private static void run(Program program, String dataset) {
        Program.Result result = program.call("run", "--dataset", dataset);
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    }

    /** In fact_eval class 2 is that the annotator cannot tell. */
    @Test
    void abstentionsOfPeopleInformAsInTheStudy() throws IOException, SQLException {
        try (TestDatabase database = TestDatabase.create()) {
            Program program = program(database, "fact_eval", "2");
            assertThat(program.call("migrate").exitCode()).isZero();
            RealData.load(database, List.of("fact_eval"));
            run(program, "fact_eval");
            JdbcClient jdbc = JdbcClient.create(database.dataSource());
            assertThat(jdbc.sql(
                                    "select round(avg((l.consensus_label = t.label)::int), 3) || ' of ' || count(*)"
                                            + " from crowdlab_bi.label_quality l join truth t using (dataset, example_id) where t.label <> '2'")
                            .query(String.class)
                            .single())
                    .isEqualTo("0.918 of 550");
            assertThat(number(jdbc, "select avg(consensus_quality_score) from crowdlab_bi.label_quality"))
                    .isCloseTo(0.9068, within(0.003));
        }
    }

    /**
     * Labels are taken for abstentions by the first four bytes of a hash: 40 % of the wrong ones and 10 % of the others; or 40 % of those
     * on examples of class 0 and 5 % of the others. Labels that abstain inform of the class then, which the figures show: leaving them out
     * gives 0.951, 0.924, 0.872 and 0.800.
     */
    @ParameterizedTest
    @CsvSource({
        "rte, wrong, 0.9550, 0.8496",
        "rte, class, 0.9625, 0.8460",
        "web, wrong, 0.8832, 0.6957",
        "web, class, 0.8277, 0.6745"
    })
    void madeUpAbstentionsInformAsInTheStudy(String dataset, String kind, double accuracy, double meanQuality)
            throws IOException, SQLException {
        try (TestDatabase database = TestDatabase.create()) {
            Program program = program(database, dataset, "unsure");
            assertThat(program.call("migrate").exitCode()).isZero();
            RealData.load(database, List.of(dataset));
            JdbcClient jdbc = JdbcClient.create(database.dataSource());
            String share = kind.equals("wrong")
                    ? "case when t.label <> a.label then 0.4 else 0.1 end"
                    : "case when t.label = '0' then 0.4 else 0.05 end";
            jdbc.sql("""
                            update crowdlab.annotation a set label = 'unsure'
                            from crowdlab.annotation b left join truth t using (dataset, example_id)
                            where a.ctid = b.ctid and ('x' || left(encode(sha256(convert_to(
                                concat_ws(chr(31), 'abstain', a.example_id, a.annotator_id), 'UTF8')), 'hex'), 8)
                                )::bit(32)::bigint / 4294967296.0 < (%s)""".formatted(share)).update();
            run(program, dataset);
            assertThat(number(jdbc, """
                            select avg((coalesce(l.consensus_label, '') = t.label)::int) from truth t
                            left join crowdlab_bi.label_quality l using (dataset, example_id)""")).isCloseTo(accuracy, within(0.003));
            assertThat(number(jdbc, "select avg(consensus_quality_score) from crowdlab_bi.label_quality"))
                    .isCloseTo(meanQuality, within(0.003));
        }
    }

    private static double number(JdbcClient jdbc, String query) {
        return jdbc.sql(query).query(Double.class).single();
    }
}
