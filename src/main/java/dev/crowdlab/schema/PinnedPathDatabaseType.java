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
 * PostgreSQL for Flyway with only PostgreSQL's own schema in the search path. By default Flyway puts the schema that it
 * migrates into the path. Anyone who may create objects there could add a function or operator that matches the
 * argument types of a call better than PostgreSQL's own, and it would run as the user who migrates. Flyway loads this
 * class as a plugin.
 */
public final class PinnedPathDatabaseType extends PostgreSQLDatabaseType {

    @Override
    public int getPriority() {
        return 10; // precedes Flyway's own types, which have 0 and 1
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
