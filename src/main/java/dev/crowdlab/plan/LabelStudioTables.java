package dev.crowdlab.plan;

import dev.crowdlab.settings.labelstudio.LabelStudioProject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Looks whether the tables of Label Studio are where the settings say, since each query alone would not tell. */
final class LabelStudioTables {

    private static final List<String> TABLES = List.of("task", "task_completion", "prediction");

    /** The tables of a schema that exist, whether the user may read them or not. */
    private static final String FOUND = """
            select array(
                    select c.relname::text
                    from pg_catalog.pg_class c
                    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                    where n.nspname = ? and c.relname = any (cast(? as text[]))),
                pg_catalog.current_database()""";

    /** The questions that the first annotations of a project answer, with their types. */
    private static final String ANSWERED = """
            select string_agg(q.question, ', ' order by q.question)
            from (
                select distinct (a ->> 'from_name') || coalesce(' (' || (a ->> 'type') || ')', '') as question
                from (
                    select c.result::jsonb as result
                    from %1$s.task_completion c
                    join %1$s.task t on t.id = c.task_id
                    where t.project_id = ? and not c.was_cancelled
                    limit 1000) c
                cross join lateral jsonb_path_query(c.result, '$[*]') a
                where jsonb_typeof(a) = 'object') q""";

    private LabelStudioTables() {}

    /** Says which questions are answered in place of the configured one, which is not; empty if there are none. */
    static Optional<String> otherQuestions(DataSource dataSource, LabelStudioProject project) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            String schema;
            try (Statement quoting = connection.createStatement()) {
                schema = quoting.enquoteIdentifier(project.schema(), true);
            }
            try (PreparedStatement statement = connection.prepareStatement(ANSWERED.formatted(schema))) {
                statement.setLong(1, project.project());
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    return Optional.ofNullable(row.getString(1))
                            .map(questions -> "none answers '" + project.fromName() + "', but there are answers to "
                                    + questions + "; correct from-name");
                }
            }
        }
    }

    /**
     * Says that tables are missing; empty if they are all there.
     *
     * @param dataset the dataset's name
     */
    static Optional<String> missing(DataSource dataSource, String dataset, LabelStudioProject project)
            throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(FOUND)) {
            statement.setString(1, project.schema());
            statement.setArray(2, connection.createArrayOf("text", TABLES.toArray()));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                List<String> missing = new ArrayList<>(TABLES);
                missing.removeAll(Arrays.asList((String[]) row.getArray(1).getArray()));
                return missing.isEmpty()
                        ? Optional.empty()
                        : Optional.of("crowdlab.datasets." + dataset + ".source: there are no tables of Label Studio in"
                                + " schema " + project.schema() + " of database " + row.getString(2) + ", which lacks "
                                + String.join(", ", missing)
                                + "; if they are in another database, name it as crowdlab.source.url, if in another"
                                + " schema, as schema");
            }
        }
    }
}
