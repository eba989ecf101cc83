package dev.crowdlab.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Warehouse;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How much of the server's memory a run takes for building keys. */
class KeyMemoryIT {

    private Warehouse warehouse;

    @BeforeEach
    void watchKeys() throws SQLException {
        warehouse = Warehouse.with("colors");
        warehouse.execute(
                "create table public.seen (memory text)",
                """
                create function public.see() returns event_trigger language plpgsql security definer as $$
                begin
                    if pg_catalog.current_query() like '%add primary key%' then
                        insert into public.seen values (pg_catalog.current_setting('maintenance_work_mem'));
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
                end $$""");
        assertThat(warehouse.program().call("run", "--force").exitCode()).isZero();
        assertThat(warehouse.column("select memory || ' ' || count(*) from public.seen group by memory order by 1"))
                .containsExactly("256MB 4", "32MB 4");
    }
}
