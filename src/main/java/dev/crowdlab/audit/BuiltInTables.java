package dev.crowdlab.audit;

import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is in the built-in input tables. */
public final class BuiltInTables {

    private BuiltInTables() {}

    /** The names of the datasets that have annotations, in code-point order. */
    public static List<String> datasets(DataSource sessions) {
        return JdbcClient.create(sessions)
                .sql("select distinct dataset collate \"C\" as dataset from crowdlab.annotation order by 1")
                .query((row, number) -> row.getString(1))
                .list();
    }
}
