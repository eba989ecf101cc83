package dev.crowdlab.schema;

import dev.crowdlab.text.Plural;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/** Finds what somebody else owns in a schema whose owner's rights the user has, so that the user may not change it. */
final class ForeignOwners {

    /**
     * One row for each owner, the one with the most first: how many, the command that hands the first of them over, and
     * the one that hands over all of that user's, unless it is the founder of the cluster (10), who cannot do without.
     * A sequence of a column goes with its table.
     */
    private static final String FOREIGN = """
            with home as (
                select oid, nspname as name, nspowner as owner
                from pg_catalog.pg_namespace
                where nspname = ? and pg_catalog.pg_has_role(nspowner, 'usage')),
            part (owner, kind, name) as (
                select c.relowner, 'table', pg_catalog.format('%I.%I', n.nspname, c.relname)
                from pg_catalog.pg_class c
                join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                where n.nspname in (?, 'crowdlab_bi') and c.relkind in ('r', 'p', 'v', 'm', 'S')
                    and not exists (
                        select from pg_catalog.pg_depend d
                        where d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.objid = c.oid
                            and c.relkind = 'S' and d.deptype in ('a', 'i'))
                union all
                select p.proowner, 'routine', p.oid::pg_catalog.regprocedure::text
                from pg_catalog.pg_proc p
                join pg_catalog.pg_namespace n on n.oid = p.pronamespace
                where n.nspname in (?, 'crowdlab_bi'))
            select pg_catalog.current_database(), current_user, pg_catalog.pg_get_userbyid(home.owner),
                pg_catalog.pg_get_userbyid(part.owner), pg_catalog.count(*),
                (pg_catalog.array_agg(
                    pg_catalog.format('alter %s %s owner to %I', part.kind, part.name, pg_catalog.pg_get_userbyid(home.owner))
                    order by part.kind desc, part.name))[1],
                case when part.owner <> 10 then pg_catalog.format('reassign owned by %I to %I',
                    pg_catalog.pg_get_userbyid(part.owner), pg_catalog.pg_get_userbyid(home.owner)) end
            from home, part
            where not pg_catalog.pg_has_role(part.owner, 'usage')
            group by home.owner, part.owner
            order by pg_catalog.count(*) desc, 4""";

    private ForeignOwners() {}

    /**
     * What belongs to whom, and the commands that hand it over; of several owners the one who owns most.
     *
     * @return empty if the user may change everything, or does not have the rights of the schema's owner either
     */
    static Optional<String> sentence(DataSource sessions, String schema) throws SQLException {
        try (Connection connection = sessions.getConnection();
                PreparedStatement statement = connection.prepareStatement(FOREIGN)) {
            for (int place = 1; place <= 3; place++) {
                statement.setString(place, schema);
            }
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(sentence(rows)) : Optional.empty();
            }
        }
    }

    private static String sentence(ResultSet row) throws SQLException {
        String user = row.getString(2);
        String owner = row.getString(3);
        String other = row.getString(4);
        long count = row.getLong(5);
        return Plural.of(count, "table, view, sequence or function", "tables, views, sequences and functions")
                + " of the schemas crowdlab and crowdlab_bi in database " + row.getString(1) + " "
                + Plural.word(count, "belongs", "belong") + " to " + other + " and not to " + owner
                + ", who owns schema crowdlab, so migrate, which works as " + user + ", may not change "
                + Plural.word(count, "it", "them") + "; let " + other + " or a superuser hand over "
                + Plural.word(count, "it: " + row.getString(6), "each: " + row.getString(6) + "; and so on")
                + (row.getString(7) == null
                        ? ""
                        : "; or all that " + other + " owns in the database: " + row.getString(7))
                + "; then call migrate again (Roles in db/README.md has one statement for them alone).";
    }
}
