package dev.crowdlab.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Whether the user may apply migrations.
 *
 * @param user who is connected
 * @param database to which
 * @param mayMigrate whether the user may
 */
record MigrationRight(String user, String database, boolean mayMigrate) {

    private static final String FIRST = "001";

    /**
     * In an existing schema the right to create objects is needed, and the right to read the history if there is one;
     * otherwise the right to create schemas.
     */
    private static final String MAY_MIGRATE = """
            select session_user, current_database(), case
                when namespace.oid is null then has_database_privilege(current_database(), 'create')
                else has_schema_privilege(namespace.oid, 'create')
                    and (history.oid is null or pg_has_role(history.relowner, 'usage'))
            end
            from (select ? as schema_name, ? as table_name) wanted
            left join pg_catalog.pg_namespace namespace on namespace.nspname = wanted.schema_name
            left join pg_catalog.pg_class history
                on history.relnamespace = namespace.oid and history.relname = wanted.table_name
            """;

    /** Returns the right of the user that Flyway would connect as. */
    static MigrationRight of(FluentConfiguration configuration) throws SQLException {
        try (Connection connection = configuration.getDataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(MAY_MIGRATE)) {
            statement.setString(1, configuration.getDefaultSchema());
            statement.setString(2, configuration.getTable());
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return new MigrationRight(rows.getString(1), rows.getString(2), rows.getBoolean(3));
            }
        }
    }

    /** Returns a sentence about migrations that the user may not apply. */
    String mayNotApply(MigrationInfo[] pending) {
        return lacks(pending) + ", which user " + user
                + " may not apply; run the command migrate as the user who owns the schema, or as one who may create"
                + " schemas there.";
    }

    /** Returns the beginning of a sentence about migrations that are pending. */
    String lacks(MigrationInfo[] pending) {
        List<String> versions = Arrays.stream(pending)
                .map(migration -> String.valueOf(migration.getVersion()))
                .toList();
        return versions.get(0).equals(FIRST)
                ? "Database " + database + " has none of the program's tables yet: it lacks the migrations " + FIRST
                        + " to " + versions.get(versions.size() - 1)
                : "Database " + database + " lacks the migrations " + String.join(", ", versions);
    }
}
