package dev.crowdlab.input;

import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is in the built-in input tables. */
public final class BuiltInDatasets {

    private BuiltInDatasets() {}

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

    /** Those of the names that have annotations or predictions. */
    public static List<String> found(DataSource sessions, Collection<String> names) {
        return names.isEmpty()
                ? List.of()
                : JdbcClient.create(sessions)
                        .sql("""
                                select name
                                from unnest(?::text[]) as name
                                where exists (select from crowdlab.annotation a where a.dataset = name)
                                    or exists (select from crowdlab.prediction p where p.dataset = name)""")
                        .params((Object) names.toArray(String[]::new))
                        .query((row, number) -> row.getString(1))
                        .list();
    }
}
