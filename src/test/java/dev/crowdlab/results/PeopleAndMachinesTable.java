package dev.crowdlab.results;

import dev.crowdlab.testing.Warehouse;
import java.sql.SQLException;

/** Labels of people and of machines in one table. */
final class PeopleAndMachinesTable {

    private PeopleAndMachinesTable() {}

    /**
     * Of 400 examples of two classes, four people label the first 200, three of them each and two in fifteen wrongly. Six
     * machines label all of them, one in five wrongly: five of them the same ones, and one others.
     */
    static Warehouse warehouse() throws SQLException {
        Warehouse warehouse = Warehouse.with("d");
        warehouse.execute(
                "create table public.label (example_id text, annotator_id text, label text, annotated_at timestamptz)",
                "create function public.answer(e int, is_wrong boolean) returns text language sql"
                        + " as $$ select case when (e % 2 = 0) <> is_wrong then 'a' else 'b' end $$",
                """
                insert into public.label
                select 'e' || to_char(e, 'FM0000'), 'person ' || p, public.answer(e, (e * 7 + p * 3) % 10 = 0),
                    timestamptz '2026-03-02 12:00Z'
                from generate_series(1, 200) e, generate_series(1, 4) p where e % 4 + 1 <> p""",
                """
                insert into public.label
                select 'e' || to_char(e, 'FM0000'), 'gpt-' || m, public.answer(e, (e / 2 + case m when 6 then 2 else 0 end) % 5 = 0),
                    timestamptz '2026-03-03 12:00Z'
                from generate_series(1, 400) e, generate_series(1, 6) m""");
        return warehouse;
    }
}
