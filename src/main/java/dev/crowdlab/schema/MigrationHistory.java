package dev.crowdlab.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/** What Flyway's history says of the schema, read without Flyway. */
final class MigrationHistory {

    /** The newest version in db/migration. */
    static final String NEWEST = "038";

    /** The description of the first migration in the history; builds before 0.2.0 used another one. */
    static final String FIRST = "spring batch tables";

    private static final String APPLIED = """
            select coalesce(bool_or(version = ?), false), max(version collate "C") filter (where version collate "C" > ?),
                coalesce(bool_or(version = '001' and description <> ?), false), current_database()
            from crowdlab.flyway_schema_history
            where success""";

    /** SQL state class Syntax Error or Access Rule Violation: the history does not exist or cannot be read. */
    private static final String NO_ACCESS = "42";

    private MigrationHistory() {}

    /**
     * Returns whether the newest migration was applied; false if there is no history, or none that the user can read.
     *
     * @throws DevelopmentSchemaException if the migrations are those of a build before 0.2.0
     * @throws NewerSchemaException if a migration was applied that this program does not know
     */
    static boolean isNewestApplied(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(APPLIED)) {
            statement.setString(1, NEWEST);
            statement.setString(2, NEWEST);
            statement.setString(3, FIRST);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                if (rows.getBoolean(3)) {
                    throw new DevelopmentSchemaException(rows.getString(4));
                }
                String later = rows.getString(2);
                if (later != null) {
                    throw new NewerSchemaException("Schema crowdlab was migrated to version " + later
                            + " by a later version of this program, which knows versions up to " + NEWEST
                            + " only and would record its runs wrongly; use that later version.");
                }
                return rows.getBoolean(1);
            }
        } catch (SQLException e) {
            if (String.valueOf(e.getSQLState()).startsWith(NO_ACCESS)) {
                return false;
            }
            throw e;
        }
    }
}
