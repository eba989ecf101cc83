package dev.crowdlab.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Who may create in schema crowdlab, as the nightly role may, leaves functions and operators there that suit the types of a
 * call better than PostgreSQL's own. PostgreSQL takes the better one wherever it stands in the search path.
 */
@Tag("slow")
class HostileSchemaIT {

    private static final Pattern CALL = Pattern.compile("\\b([a-z_][a-z0-9_]*)\\s*\\(");

    private static final String USERS = "hostile_it_writer, hostile_it_deploy, hostile_it_night";

    /** What a call of the program's may pass: for each name and number of arguments every combination of these. */
    private static final String MAKE_FUNCTIONS = """
            do $$
            declare
                wanted record;
            begin
                for wanted in
                    with one (type) as (
                        select unnest(array['text', 'name', 'integer', 'bigint', 'smallint', 'oid', 'regclass', '"char"', 'boolean',
                            'timestamptz', 'interval', 'double precision', 'jsonb', 'text[]', 'bigint[]', 'name[]', 'varchar'])),
                    usual (type) as (select unnest(array['text', 'name', 'integer', 'bigint', 'oid', '"char"', 'text[]'])),
                    few (type) as (select unnest(array['text', 'name', 'integer', 'boolean'])),
                    list (length, types) as (
                        select 1, type from one
                        union all select 2, a.type || ', ' || b.type from usual a, usual b
                        union all select 3, a.type || ', ' || b.type || ', ' || c.type from few a, few b, few c)
                    select distinct p.proname, l.types,
                        (select r.prorettype::regtype from pg_proc r where r.proname = p.proname order by r.oid limit 1) as result
                    from pg_proc p
                    join list l on l.length = p.pronargs or p.provariadic <> 0
                    where p.pronamespace = 'pg_catalog'::regnamespace and p.proname = any (string_to_array('%s', ' '))
                loop
                    begin
                        execute format('create function crowdlab.%%I(%%s) returns %%s language plpgsql as '
                            '''begin perform pg_catalog.nextval(''''public.called''''); raise ''''called: %%s''''; end''',
                            wanted.proname, wanted.types,
                            case when wanted.result::text ~ '^any|^internal|^trigger|^record|cstring' then 'text' else wanted.result::text end,
                            wanted.proname);
                    exception when others then
                        null; -- a type that no function of this kind may give
                    end;
                end loop;
            end $$""";

    private static final String MAKE_OPERATORS = """
            do $$
            declare
                wanted record;
            begin
                for wanted in
                    with type (name) as (
                        select unnest(array['text', 'name', 'integer', 'bigint', 'smallint', 'oid', 'regclass', '"char"', 'varchar']))
                    select o.oprname, a.name as left_type, b.name as right_type, o.result
                    from (values ('=', 'boolean'), ('<>', 'boolean'), ('<', 'boolean'), ('>', 'boolean'), ('<=', 'boolean'),
                        ('>=', 'boolean'), ('~', 'boolean'), ('!~', 'boolean'), ('~~', 'boolean'), ('||', 'text'), ('+', 'bigint'),
                        ('-', 'bigint')) o (oprname, result), type a, type b
                loop
                    begin
                        execute format('create function crowdlab.hostile_%%s(%%s, %%s) returns %%s language plpgsql as '
                            '''begin perform pg_catalog.nextval(''''public.called''''); raise ''''called: operator''''; end''',
                            wanted.result, wanted.left_type, wanted.right_type, wanted.result);
                    exception when duplicate_function then
                        null;
                    end;
                    execute format('create operator crowdlab.%%s (leftarg = %%s, rightarg = %%s, function = crowdlab.hostile_%%s)',
                        wanted.oprname, wanted.left_type, wanted.right_type, wanted.result);
                end loop;
            end $$""".formatted();

    private Warehouse warehouse;

    @BeforeEach
    void fillTheSchema() throws SQLException, IOException {
        warehouse = Warehouse.empty();
        // Flyway refuses a schema that holds something, but not its own history
        Flyway.configure()
                .dataSource(warehouse.database().dataSource())
                .defaultSchema("crowdlab")
                .baselineVersion("0")
                .load()
                .baseline();
        warehouse.execute(
                "create sequence public.called",
                "grant usage on sequence public.called to public",
                "create user hostile_it_writer",
                "create user hostile_it_deploy password 'secret'",
                "create user hostile_it_night password 'secret'",
                "grant usage, create on schema crowdlab to hostile_it_writer",
                "set role hostile_it_writer",
                "set check_function_bodies = off",
                MAKE_FUNCTIONS.formatted(String.join(" ", calledNames())),
                MAKE_OPERATORS);
    }

    @AfterEach
    void drop() throws SQLException {
        warehouse.execute("drop owned by " + USERS + " cascade", "drop user " + USERS);
        warehouse.close();
    }

    @Test
    void whatSuitsBetterThanPostgresOwnIsCalledByNobody() throws SQLException {
        assertThat(warehouse.value("select count(distinct proname) > 60 and count(*) > 3000 from pg_proc"
                        + " where pronamespace = 'crowdlab'::regnamespace"))
                .isEqualTo("t");
        assertThat(warehouse.value("select count(*) from pg_operator where oprnamespace = 'crowdlab'::regnamespace"))
                .isEqualTo("972");
        warehouse.program().call(0, "migrate");
        warehouse.execute("grant crowdlab_owner to hostile_it_deploy", "grant crowdlab_writer to hostile_it_night");
        Program deploy = Program.on(warehouse.database(), "hostile_it_deploy", "secret");
        deploy.call(0, "migrate");
        warehouse.fill("colors");
        for (Program program :
                new Program[] {Program.on(warehouse.database(), "hostile_it_night", "secret"), warehouse.program()}) {
            program.with("crowdlab.retention.runs", "1").with("crowdlab.retention.grace", "0s");
            program.call(0, "run", "--force");
            program.call(0, "run");
            program.call(0, "run", "--dry-run");
            program.call(3, "run", "--force", "--crowdlab.datasets.colors.checks.min-examples=1000");
            program.call(0, "purge", "--keep-runs", "1");
            for (String command : new String[] {"validate", "datasets", "runs", "verify"}) {
                program.call(0, command);
            }
            program.call(0, "show", "1");
        }
        deploy.call(0, "migrate");
        assertThat(warehouse.value("select is_called from public.called")).isEqualTo("f");
    }

    /** Whatever is followed by a parenthesis in migrations and sources; the catalog tells which of them are functions. */
    private static Set<String> calledNames() throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> migrations = Files.walk(Path.of("db/migration"));
                Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path file : Stream.concat(migrations, sources)
                    .filter(path -> path.toString().matches(".*\\.(sql|java)"))
                    .toList()) {
                CALL.matcher(Files.readString(file)).results().forEach(call -> names.add(call.group(1)));
            }
        }
        return names;
    }
}
