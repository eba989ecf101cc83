package dev.crowdlab.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.SlowAfter;
import dev.crowdlab.testing.Warehouse;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands between the recorded rows and those who read them is found, and nobody runs what a stranger has put there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CatalogIT {

    private static final String AUDITOR = "catalog_it_audit";

    private Warehouse warehouse;

    @BeforeAll
    void runOnce() throws SQLException {
        warehouse = Warehouse.with("colors");
        warehouse.call(0, "run");
        warehouse.call(0, "verify");
        warehouse.execute("create user " + AUDITOR + " in role crowdlab_auditor password 'secret'", """
                set role crowdlab_writer;
                create function crowdlab.stranger() returns trigger language plpgsql as $$
                begin
                    raise 'called as %', session_user;
                end $$;
                create function crowdlab.wicked(text) returns boolean language plpgsql as $$
                begin
                    raise 'called as %', session_user;
                end $$;
                create function crowdlab.word() returns text language sql as $$ select 'none' $$;
                create domain crowdlab.word as text""");
    }

    @AfterAll
    void drop() throws SQLException {
        warehouse.execute("drop user " + AUDITOR);
        warehouse.close();
    }

    @Test
    void aServerThatQuotesEveryNameShowsNoDifference() throws SQLException {
        String database = warehouse.value("select current_database()");
        warehouse.execute("alter database " + database + " set quote_all_identifiers = on");
        assertThat(warehouse.call(0, "verify")).contains("found no difference");
        warehouse.execute("alter database " + database + " reset quote_all_identifiers");
    }

    private void as(String role, String statement) throws SQLException {
        warehouse.execute("set role crowdlab_" + role + "; " + statement);
    }

    @ParameterizedTest
    @SlowAfter(4)
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            writer | create rule r as on insert to crowdlab.label_quality do instead nothing | Table crowdlab.label_quality has the rule r, which | drop rule r on crowdlab.label_quality
            writer | create trigger t before insert on crowdlab.label_quality for each row execute function crowdlab.stranger() | Table crowdlab.label_quality has the trigger t, which no migration made. | drop trigger t on crowdlab.label_quality
            writer | create trigger t before insert on crowdlab.label_quality_r1 for each row execute function crowdlab.stranger() | Table crowdlab.label_quality_r1 has the trigger t, which no migration made. | drop trigger t on crowdlab.label_quality_r1
            writer | alter table crowdlab.label_quality add constraint c check (crowdlab.wicked(example_id)) not valid | Table crowdlab.label_quality has the constraint c, which calls crowdlab.wicked(text), no function of PostgreSQL. | alter table crowdlab.label_quality drop constraint c
            writer | alter table crowdlab.label_quality_r1 add constraint c check (example_id <> 'x') | Table crowdlab.label_quality_r1 has the constraint c, which no migration and no run made. | alter table crowdlab.label_quality_r1 drop constraint c
            writer | alter table crowdlab.label_quality alter tie_break set default crowdlab.word() | Table crowdlab.label_quality has a default, which calls crowdlab.word(), no function of PostgreSQL. | alter table crowdlab.label_quality alter tie_break drop default
            writer | alter table crowdlab.label_quality add column w crowdlab.word | Table crowdlab.label_quality has the column w of type crowdlab.word, no type of PostgreSQL. | alter table crowdlab.label_quality drop column w
            writer | alter table crowdlab.label_quality drop constraint label_quality_num_annotations_check, add constraint label_quality_num_annotations_check check (num_annotations > 1) not valid | Table crowdlab.label_quality has another constraint label_quality_num_annotations_check than the migrations made. | alter table crowdlab.label_quality drop constraint label_quality_num_annotations_check, add constraint label_quality_num_annotations_check check (num_annotations > 0)
            writer | create table crowdlab.label_quality_r7 partition of crowdlab.label_quality for values in (7, 8) | Table crowdlab.label_quality_r7 is the partition of crowdlab.label_quality for values in ('7', '8'), and not of the one run in its name. | drop table crowdlab.label_quality_r7
            writer | create table crowdlab.other partition of crowdlab.label_quality for values in (7) | Table crowdlab.other is the partition of crowdlab.label_quality for values in ('7'), and not | drop table crowdlab.other
            writer | create table crowdlab.label_quality_r7 partition of crowdlab.label_quality default | Table crowdlab.label_quality_r7 is the partition of crowdlab.label_quality default, and not | drop table crowdlab.label_quality_r7
            writer | create table crowdlab.label_quality_r7 partition of crowdlab.label_quality for values in (7) partition by list (run_id) | Table crowdlab.label_quality_r7 is a partition, and not a table that holds its own rows. | drop table crowdlab.label_quality_r7
            owner | alter table crowdlab.run disable trigger guard_run | Table crowdlab.run has the trigger guard_run, which is switched off | alter table crowdlab.run enable trigger guard_run
            owner | alter table crowdlab.run enable always trigger guard_run | Table crowdlab.run has the trigger guard_run, which is switched off | alter table crowdlab.run enable trigger guard_run
            owner | create trigger t before insert on crowdlab.annotator_stats for each row execute function crowdlab.refuse_log_change() | Table crowdlab.annotator_stats has the trigger t, which no migration made. | drop trigger t on crowdlab.annotator_stats
            owner | alter trigger refuse_truncate on crowdlab.run rename to other | Table crowdlab.run lacks the trigger refuse_truncate. | alter trigger other on crowdlab.run rename to refuse_truncate
            owner | create or replace trigger refuse_truncate after truncate on crowdlab.run for each statement execute function crowdlab.refuse_truncate() | Table crowdlab.run has the trigger refuse_truncate, which is not as the migrations made it. | create or replace trigger refuse_truncate before truncate on crowdlab.run for each statement execute function crowdlab.refuse_truncate()
            owner | create rule r as on insert to crowdlab.label_change do instead nothing | Table crowdlab.label_change has the rule r, which | drop rule r on crowdlab.label_change
            owner | create table crowdlab.more () inherits (crowdlab.run_model) | Table crowdlab.more is counted in with crowdlab.run_model, by inheritance. | drop table crowdlab.more
            owner | alter view crowdlab_bi.label_next rename to other | View crowdlab_bi.label_next is missing. | alter view crowdlab_bi.other rename to label_next
            owner | alter view crowdlab_bi.label_next set (security_invoker = true) | View crowdlab_bi.label_next is not as the migrations made it | alter view crowdlab_bi.label_next reset (security_invoker)
            owner | create rule r as on insert to crowdlab_bi.label_changes do instead nothing | View crowdlab_bi.label_changes has the rule r, which | drop rule r on crowdlab_bi.label_changes
            """)
    void whatStandsBetweenRowsAndReadersIsFound(String role, String tampering, String sentence, String undoing)
            throws SQLException {
        as(role, tampering);
        String found = warehouse.call(3, "verify");
        as(role, undoing);
        assertThat(found).contains(sentence);
        assertThat(warehouse.call(0, "verify")).contains("found no difference");
    }

    @ParameterizedTest
    @SlowAfter(1)
    @CsvSource(delimiter = '|', textBlock = """
            label_changes | 'PUBLISHED' | 'REFUSED'
            run_history | r.run_id IS NOT NULL | r.run_id IS NULL
            review_queue | ELSE NULL | ELSE NULL
            """)
    void aViewThatShowsOtherRowsIsFound(String view, String text, String other) throws SQLException {
        String definition = warehouse.value("select pg_get_viewdef('crowdlab_bi." + view + "'::regclass)");
        String changed = "select * from (" + definition.replace(text, other).replace(";", "") + ") q limit 1";
        as("owner", "create or replace view crowdlab_bi." + view + " as " + changed);
        String found = warehouse.call(3, "verify");
        as("owner", "create or replace view crowdlab_bi." + view + " as " + definition);
        assertThat(found)
                .contains("View crowdlab_bi." + view
                        + " is not as the migrations made it: other rows or columns may be shown.");
        assertThat(warehouse.call(0, "verify")).contains("found no difference");
    }

    @Test
    void aFunctionOfTheAuditChainThatBecameAnotherIsFound() throws SQLException {
        String definition = warehouse.value("select pg_get_functiondef('crowdlab.refuse_truncate()'::regprocedure)");
        as(
                "owner",
                "create or replace function crowdlab.refuse_truncate() returns trigger language plpgsql as 'begin return null; end'");
        String found = warehouse.call(3, "verify");
        as("owner", definition);
        assertThat(found).contains("Function crowdlab.refuse_truncate is not as the migrations made it.");
        warehouse.call(0, "verify");
    }

    @ParameterizedTest
    @SlowAfter(1)
    @ValueSource(strings = {"label_quality", "label_quality_r1", "annotator_stats"})
    void rowSecurityIsFoundAndNoPolicyIsFollowed(String table) throws SQLException {
        String role = table.startsWith("label") ? "writer" : "owner";
        as(role, "alter table crowdlab." + table + " enable row level security, force row level security");
        as(role, "create policy p on crowdlab." + table + " using (false)");
        Program auditor = Program.on(warehouse.database(), AUDITOR, "secret");
        String found = auditor.call(3, "verify");
        as(role, "drop policy p on crowdlab." + table);
        as(role, "alter table crowdlab." + table + " disable row level security, no force row level security");
        assertThat(found)
                .contains("Table crowdlab." + table
                        + " has row security switched on, so that not everybody sees all its rows.")
                .contains("Table crowdlab." + table + " has the policy p, which hides rows.")
                .contains("No row was verified, because row security may hide some");
        assertThat(auditor.call(0, "verify")).contains("found no difference").doesNotContain("not compared");
    }

    @Test
    void whoMayMakeNoTemporaryViewIsToldWhatWasNotCompared() throws SQLException {
        warehouse.execute(
                "do $$ begin execute format('revoke temporary on database %I from public', current_database()); end $$");
        String found = Program.on(warehouse.database(), AUDITOR, "secret").call(0, "verify");
        warehouse.execute(
                "do $$ begin execute format('grant temporary on database %I to public', current_database()); end $$");
        assertThat(found).contains("Views and checks were not compared with the migrations, because");
    }

    @ParameterizedTest
    @SlowAfter(1)
    @CsvSource(delimiter = '|', textBlock = """
            add constraint c check (crowdlab.wicked(example_id)) not valid | drop constraint c | has the constraint c, which calls crowdlab.wicked(text)
            add constraint c check (query_to_xml('select crowdlab.wicked(null)', true, true, '') is null) not valid | drop constraint c | has the constraint c, which no migration and no run made
            alter tie_break set default crowdlab.wicked('x')::text | alter tie_break drop default | has a default, which calls crowdlab.wicked(text)
            enable row level security | disable row level security | has row security switched on
            drop constraint label_quality_num_annotations_check, add constraint label_quality_num_annotations_check check (query_to_xml('select crowdlab.wicked(null)', true, true, '') is null) not valid | drop constraint label_quality_num_annotations_check, add constraint label_quality_num_annotations_check check (num_annotations > 0) | that calls a function with side effects, which the program did not create
            """)
    void noRunCallsWhatAnotherMemberOfTheWriterPutIntoATable(String tampering, String undoing, String sentence)
            throws SQLException {
        as("writer", "alter table crowdlab.label_quality " + tampering);
        String found = warehouse.call(1, "run", "--force");
        as("writer", "alter table crowdlab.label_quality " + undoing);
        assertThat(found).contains(sentence).doesNotContain("called as");
        assertThat(warehouse.call(0, "run", "--force")).contains("published");
        assertThat(warehouse.call(0, "verify")).contains("found no difference");
    }

    @Test
    void aTableOfARunIsLikeThatToWhichItIsAttached() throws SQLException {
        assertThat(warehouse.column("""
                select format('%s %s %s', a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull) from pg_attribute a
                where a.attrelid = 'crowdlab.label_quality_r1'::regclass and a.attnum > 0 and not a.attisdropped order by a.attnum""")).isEqualTo(warehouse.column("""
                        select format('%s %s %s', a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull) from pg_attribute a
                        where a.attrelid = 'crowdlab.label_quality'::regclass and a.attnum > 0 and not a.attisdropped
                        order by a.attnum"""));
        assertThat(warehouse.partitions().stream().filter(table -> table.endsWith("_r1")))
                .hasSameElementsAs(Stream.of(
                                "active_learning_score",
                                "alternative_consensus",
                                "detailed_label_quality",
                                "label_quality")
                        .map(table -> "crowdlab." + table + "_r1")
                        .toList());
    }
}
