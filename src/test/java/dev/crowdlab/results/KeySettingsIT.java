package dev.crowdlab.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Warehouse;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With which of the server's settings a run builds keys and samples tables for the planner. */
class KeySettingsIT {

    private Warehouse warehouse;

    @BeforeEach
    void watchKeys() throws SQLException {
        warehouse = Warehouse.with("colors");
        warehouse.execute(
                "create table public.seen (memory text, target text)",
                """
                create function public.see() returns event_trigger language plpgsql security definer as $$
                begin
                    if pg_catalog.current_query() like '%add primary key%' then
                        insert into public.seen values (pg_catalog.current_setting('maintenance_work_mem'),
                            pg_catalog.current_setting('default_statistics_target'));
                    end if;
                end $$""",
                "create event trigger see on ddl_command_end execute function public.see()");
    }

    @AfterEach
    void drop() {
        warehouse.close();
    }

    @Test
    void whatTheAdministratorHasSetStays() throws SQLException {
        assertThat(warehouse.program().call("run").exitCode()).isZero();
        warehouse.execute("""
                do $$ begin
                    execute format('alter database %I set maintenance_work_mem = ''32MB''', current_database());
                    execute format('alter database %I set default_statistics_target = 200', current_database());
                end $$""");
        assertThat(warehouse.program().call("run", "--force").exitCode()).isZero();
        assertThat(
                        warehouse.column(
                                "select concat_ws(' ', memory, target, count(*)) from public.seen group by memory, target order by 1"))
                .containsExactly("256MB 30 4", "32MB 200 4");
    }
}
