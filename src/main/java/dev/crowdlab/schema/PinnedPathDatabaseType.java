package dev.crowdlab.schema;

import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.internal.jdbc.JdbcConnectionFactory;
import org.flywaydb.core.internal.jdbc.StatementInterceptor;
import org.flywaydb.database.postgresql.PostgreSQLConnection;
import org.flywaydb.database.postgresql.PostgreSQLDatabase;
import org.flywaydb.database.postgresql.PostgreSQLDatabaseType;

/**
 * PostgreSQL as Flyway is to see it: with PostgreSQL's own schema alone in the search path. By itself Flyway puts the schema
 * that it migrates into the path, where whoever may create there could leave a function or an operator that suits the types
 * of a call better than PostgreSQL's own, to be called by the user who migrates. Flyway finds this class as a plugin.
 */
public final class PinnedPathDatabaseType extends PostgreSQLDatabaseType {

    @Override
    public int getPriority() {
        return 10; // before Flyway's own, which have 0 and 1
    }

    @Override
    public PostgreSQLDatabase createDatabase(
            Configuration configuration, JdbcConnectionFactory connections, StatementInterceptor interceptor) {
        return new PinnedPathDatabase(configuration, connections, interceptor);
    }

    private static final class PinnedPathDatabase extends PostgreSQLDatabase {

        PinnedPathDatabase(
                Configuration configuration, JdbcConnectionFactory connections, StatementInterceptor interceptor) {
            super(configuration, connections, interceptor);
        }

        @Override
        protected PostgreSQLConnection doGetConnection(Connection connection) {
            return new PinnedPathConnection(this, connection);
        }
    }

    private static final class PinnedPathConnection extends PostgreSQLConnection {

        PinnedPathConnection(PostgreSQLDatabase database, Connection connection) {
            super(database, connection);
        }

        @Override
        public void doChangeCurrentSchemaOrSearchPathTo(String schemaOrPath) throws SQLException {
            jdbcTemplate.execute("set search_path = pg_catalog, pg_temp");
        }
    }
}
