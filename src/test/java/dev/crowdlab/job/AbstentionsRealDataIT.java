package dev.crowdlab.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.RealData;
import dev.crowdlab.testing.TestDatabase;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A published data set in which class 2 is that the annotator cannot tell. Run with {@code -Prealdata}. */
@Tag("realdata")
class AbstentionsRealDataIT {

    @Test
    void leavingAbstentionsOutIsAsGoodAsInTheStudy() throws IOException, SQLException {
        try (TestDatabase database = TestDatabase.create()) {
            Program program = Program.on(database)
                    .with(
                            "crowdlab.datasets.fact_eval.annotations-query",
                            "select * from crowdlab.annotation where dataset = 'fact_eval'")
                    .with("crowdlab.datasets.fact_eval.consensus-methods", "committee,dawid_skene,majority_vote")
                    .with("crowdlab.datasets.fact_eval.abstain", "2")
                    .with("crowdlab.datasets.fact_eval.checks.max-rejected-share", "0.1");
            assertThat(program.call("migrate").exitCode()).isZero();
            RealData.load(database, List.of("fact_eval"));
            Program.Result result = program.call("run", "--dataset", "fact_eval");
            assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
            JdbcClient jdbc = JdbcClient.create(database.dataSource());
            assertThat(jdbc.sql(
                                    "select round(avg((l.consensus_label = t.label)::int), 3) || ' of ' || count(*)"
                                            + " from crowdlab_bi.label_quality l join truth t using (dataset, example_id) where t.label <> '2'")
                            .query(String.class)
                            .single())
                    .isEqualTo("0.918 of 550");
        }
    }
}
