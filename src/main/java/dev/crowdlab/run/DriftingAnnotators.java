package dev.crowdlab.run;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads who agrees less with the consensus than before, as the tables of a run have it. */
public final class DriftingAnnotators {

    private DriftingAnnotators() {}

    /** Returns those whose last period is marked, by id. */
    public static List<String> of(JdbcClient jdbc, long runId) {
        return jdbc.sql("""
                        select annotator_id
                        from (select distinct on (annotator_id) annotator_id, is_drifting from crowdlab.annotator_period
                            where run_id = ? order by annotator_id, period_start desc) last_periods
                        where is_drifting
                        order by annotator_id""")
                .param(runId)
                .query((row, number) -> row.getString(1))
                .list();
    }
}
