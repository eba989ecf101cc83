package dev.crowdlab.forget;

import dev.crowdlab.publication.PublicationRefusedException;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The role that owns the schema, which alone may change or remove closed runs. */
final class SchemaOwner {

    private static final String IS_OWNER = """
            select pg_get_userbyid(c.relowner) as owner, pg_get_userbyid(c.relowner) = current_user as is_owner
            from pg_class c
            where c.oid = to_regclass('crowdlab.forget_log')""";

    private SchemaOwner() {}

    /**
     * Requires a member of that role.
     *
     * @param deed what only a member may do, as a verb
     * @throws PublicationRefusedException if the user is not a member
     */
    static void require(DataSource dataSource, String deed) {
        JdbcClient.create(dataSource)
                .sql(IS_OWNER)
                .query((row, number) -> row.getBoolean("is_owner") ? "" : row.getString("owner"))
                .optional()
                .filter(owner -> !owner.isEmpty())
                .ifPresent(owner -> {
                    throw new PublicationRefusedException("Only " + owner + " may " + deed
                            + ", since it changes closed runs; log in as a member of that role, as for the command"
                            + " migrate");
                });
    }
}
