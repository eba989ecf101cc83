package dev.crowdlab.forget;

import dev.crowdlab.postgres.TableDoor;
import dev.crowdlab.postgres.TableDoor.Use;
import dev.crowdlab.results.copy.ResultTableDefinition;
import java.sql.Connection;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds and opens the tables of single runs, attached or not, in the transaction of a session. */
final class RunTableWriter {

    /** Whatever bears such a name, also if it is no table: its door tells so. */
    private static final String NAMES = """
            select c.relname, substring(c.relname from '_r(\\d{1,18})$')::bigint as run_id
            from pg_class c
            join crowdlab.run r on r.run_id = substring(c.relname from '_r(\\d{1,18})$')::bigint
            where c.relnamespace = to_regnamespace('crowdlab') and c.relname ~ ('^' || ? || '_r\\d{1,18}$')
                and r.dataset = ?
            order by 2""";

    private final JdbcTemplate connections;
    private final JdbcClient jdbc;

    RunTableWriter(DataSource session) {
        connections = new JdbcTemplate(session);
        jdbc = JdbcClient.create(session);
    }

    /** Returns the runs of a dataset that have their own table of this kind. */
    List<Long> runs(ResultTableDefinition definition, String dataset) {
        return jdbc.sql(NAMES)
                .params(definition.name(), dataset)
                .query((row, number) -> row.getLong("run_id"))
                .list();
    }

    /**
     * Locks a run's table until the end of the transaction, which using it then runs no foreign code in.
     *
     * @return false if there is none
     */
    boolean open(Use use, ResultTableDefinition definition, long runId) {
        return Boolean.TRUE.equals(connections.execute(
                (Connection connection) -> TableDoor.open(connection, use, definition.target(runId))));
    }
}
