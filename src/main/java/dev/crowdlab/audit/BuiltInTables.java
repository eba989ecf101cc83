package dev.crowdlab.audit;

import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is in the built-in input tables. */
public final class BuiltInTables {

    private BuiltInTables() {}

    /** The names of the datasets that have annotations or predictions, in code-point order. */
    public static List<String> datasets(DataSource sessions) {
        return JdbcClient.create(sessions)
                .sql("""
                        select dataset collate "C" as dataset
                        from (
                            select distinct dataset from crowdlab.annotation
                            union
                            select distinct dataset from crowdlab.prediction) found
                        order by 1""")
                .query((row, number) -> row.getString(1))
                .list();
    }
}
