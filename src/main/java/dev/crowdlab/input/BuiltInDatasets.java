package dev.crowdlab.input;

import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Lists the datasets in the built-in input tables. */
public final class BuiltInDatasets {

    private BuiltInDatasets() {}

    /** Returns the names of the datasets that have annotations or predictions, in code-point order. */
    public static List<String> datasets(DataSource dataSource) {
        return JdbcClient.create(dataSource)
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

    /** Returns those of the names that have gold. */
    public static List<String> withGold(DataSource dataSource, Collection<String> names) {
        return names.isEmpty()
                ? List.of()
                : JdbcClient.create(dataSource)
                        .sql("""
                                select name
                                from unnest(?::text[]) as name
                                where exists (select from crowdlab.gold g where g.dataset = name)""")
                        .params((Object) names.toArray(String[]::new))
                        .query((row, number) -> row.getString(1))
                        .list();
    }

    /** Returns those of the names whose annotations say of annotators what they are. */
    public static List<String> withKinds(DataSource dataSource, Collection<String> names) {
        return names.isEmpty()
                ? List.of()
                : JdbcClient.create(dataSource)
                        .sql("""
                                select name
                                from unnest(?::text[]) as name
                                where exists (select from crowdlab.annotation a
                                    where a.dataset = name and a.annotator_kind is not null)""")
                        .params((Object) names.toArray(String[]::new))
                        .query((row, number) -> row.getString(1))
                        .list();
    }

    /**
     * Returns those of the names that have annotations or predictions. Two queries, each of which PostgreSQL can answer for
     * many names in one pass over the table.
     */
    public static List<String> found(DataSource dataSource, Collection<String> names) {
        return names.isEmpty()
                ? List.of()
                : JdbcClient.create(dataSource)
                        .sql("""
                                with wanted (name) as (select unnest(?::text[]))
                                select name
                                from wanted
                                where exists (select from crowdlab.annotation a where a.dataset = name)
                                union
                                select name
                                from wanted
                                where exists (select from crowdlab.prediction p where p.dataset = name)""")
                        .params((Object) names.toArray(String[]::new))
                        .query((row, number) -> row.getString(1))
                        .list();
    }
}
