package dev.crowdlab.schema;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.internal.jdbc.JdbcConnectionFactory;
import org.flywaydb.core.internal.jdbc.StatementInterceptor;
import org.flywaydb.core.internal.parser.Parser;
import org.flywaydb.core.internal.parser.ParsingContext;
import org.flywaydb.core.internal.parser.PeekingReader;
import org.flywaydb.core.internal.parser.Recorder;
import org.flywaydb.core.internal.parser.StatementType;
import org.flywaydb.core.internal.parser.Token;
import org.flywaydb.core.internal.sqlscript.Delimiter;
import org.flywaydb.core.internal.sqlscript.ParsedSqlStatement;
import org.flywaydb.database.postgresql.PostgreSQLConnection;
import org.flywaydb.database.postgresql.PostgreSQLDatabase;
import org.flywaydb.database.postgresql.PostgreSQLDatabaseType;
import org.flywaydb.database.postgresql.PostgreSQLParser;

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

    @Override
    public Parser createParser(Configuration configuration, ResourceProvider resources, ParsingContext context) {
        return new ExistingSchemaParser(configuration, context);
    }

    /**
     * PostgreSQL asks for CREATE on the database even where {@code create schema if not exists} finds the schema. V005 says so,
     * and cannot be changed any more; who made both schemas for a user need not give that right.
     */
    private static final class ExistingSchemaParser extends PostgreSQLParser {

        private static final String ASKS_FOR_CREATE = "create schema if not exists crowdlab_bi";

        ExistingSchemaParser(Configuration configuration, ParsingContext context) {
            super(configuration, context);
        }

        @Override
        @SuppressWarnings("checkstyle:ParameterNumber") // Flyway's
        protected ParsedSqlStatement createStatement(
                PeekingReader reader,
                Recorder recorder,
                int statementPos,
                int statementLine,
                int statementCol,
                int nonCommentPos,
                int nonCommentLine,
                int nonCommentCol,
                StatementType type,
                boolean canExecuteInTransaction,
                Delimiter delimiter,
                String sql,
                List<Token> tokens,
                boolean batchable)
                throws IOException {
            return super.createStatement(
                    reader,
                    recorder,
                    statementPos,
                    statementLine,
                    statementCol,
                    nonCommentPos,
                    nonCommentLine,
                    nonCommentCol,
                    type,
                    canExecuteInTransaction,
                    delimiter,
                    sql.replace(
                            ASKS_FOR_CREATE,
                            "do $$ begin if to_regnamespace('crowdlab_bi') is null then create schema crowdlab_bi; end if; end $$"),
                    tokens,
                    batchable);
        }
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
