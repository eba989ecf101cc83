package dev.crowdlab.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crowdlab.input.QueryInspection.Outcome;
import dev.crowdlab.input.QueryInspection.Refused;
import dev.crowdlab.input.QueryInspection.Usable;
import dev.crowdlab.testing.TestDatabase;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;

/** What is found out about queries from their columns. */
class QueryInspectionIT {

    private static final String ANNOTATIONS = "select 'e' as example_id, 'a' as annotator_id, 'x' as label";

    private static TestDatabase database;

    @BeforeAll
    static void fill() throws SQLException {
        database = TestDatabase.create();
        database.execute(
                "create table public.labels (example_id int, annotator_id uuid, label text, annotated_at date)");
        database.execute(
                "insert into public.labels select n, md5((n % 50)::text)::uuid, 'x' from generate_series(1, 1000) n");
        database.execute("analyze public.labels");
    }

    @AfterAll
    static void drop() {
        database.close();
    }

    @Test
    void theColumnsSayHowTheRowsAreCopied() throws SQLException {
        Usable usable = (Usable) inspect("select * from public.labels", null, false);
        AnnotationCopy copy = usable.columns().annotations();
        assertThat(copy.isTimed()).isTrue();
        assertThat(copy.example()).isEqualTo(IdEncoding.of("int4"));
        assertThat(copy.annotator()).isEqualTo(IdEncoding.of("uuid"));
        assertThat(copy.label()).isEqualTo(IdEncoding.TEXT);
        assertThat(copy.statement()).startsWith("copy (select ").contains("q.annotated_at::timestamptz");
        assertThat(usable.columns().predictions()).isNull();
        assertThat(usable.estimate()).contains(new InputEstimate(1_000, 0, 50, true, Set.of("public.labels")));
    }

    @Test
    void predictionsHoldARowForEachClassOrAnArray() throws SQLException {
        Usable rows = (Usable) inspect(
                ANNOTATIONS, "select 1::bigint as example_id, 'm' as model, 'x' as label, 1 as probability", false);
        PredictionCopy byClass = rows.columns().predictions();
        assertThat(byClass).isNotNull();
        assertThat(byClass.isArray()).isFalse();
        assertThat(byClass.model()).isEqualTo(IdEncoding.TEXT);
        Usable arrays =
                (Usable) inspect(ANNOTATIONS, "select 'e' as example_id, array[0.5, 0.5] as probabilities", true);
        PredictionCopy byExample = arrays.columns().predictions();
        assertThat(byExample).isNotNull();
        assertThat(byExample.isArray()).isTrue();
        assertThat(byExample.model()).isNull();
        assertThat(arrays.columns().isArray()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            select 'e' as example_id, 'x' as label | has no column annotator_id; it has example_id, label
            select 'e' as example_id, 'a' as annotator_id, 'x' as label, 'y' as label | more than one column named label
            select 'e' as example_id, 'a' as annotator_id, 'x' as label, 1 as annotated_at | annotated_at of type int4, which is not a date
            select 1; select 2 | is not one statement
            select 1) as q; commit; create table public.by_a_query (); select * from (select 1 | is not one statement
            select 1/0 from nowhere | cannot run; PostgreSQL: relation "nowhere" does not exist
            """)
    void aQueryThatCannotBeUsedIsToldWithItsSetting(String query, String problem) throws SQLException {
        assertThat(((Refused) inspect(query, null, false)).problems())
                .isNotEmpty()
                .allMatch(sentence -> sentence.startsWith("crowdlab.datasets.d.annotations-query: "))
                .anyMatch(sentence -> sentence.contains(problem));
    }

    /** Each is what the sentence says, with the query and its table put in. */
    @Test
    void forADocumentInJsonTheQueryToUseIsShown() throws SQLException {
        String query = "select 'e' as example_id, 'm' as model, '{\"x\": 0.5, \"y\": 0.5}'::jsonb as probabilities";
        String problem =
                ((Refused) inspect(ANNOTATIONS, query, true)).problems().get(0);
        String rows = "select q.example_id, q.model, p.key as label, p.value::float8 as probability from (this query) q"
                + " cross join jsonb_each_text(q.probabilities) p";
        String array =
                "array(select e::float8 from jsonb_array_elements_text(probabilities) with ordinality a (e, n) order"
                        + " by n) as probabilities";
        assertThat(problem)
                .contains(
                        "returns column probabilities of type jsonb, which is not an array of numbers; ", rows, array);
        assertThat(inspect(ANNOTATIONS, rows.replace("this query", query), true))
                .isInstanceOf(Usable.class);
        assertThat(inspect(
                        ANNOTATIONS,
                        "select example_id, " + array + " from (select 'e' as example_id, '[0.5, 0.5]'::jsonb as"
                                + " probabilities) q",
                        true))
                .isInstanceOf(Usable.class);
        assertThat(((Refused) inspect(
                                ANNOTATIONS,
                                "select 'e' as example_id, 'x' as label, '0.5'::jsonb as probability",
                                true))
                        .problems()
                        .get(0))
                .endsWith("which is not a number; cast it, such as (probability #>> '{}')::float8");
    }

    @Test
    void theProblemsOfBothQueriesAreToldAtOnce() throws SQLException {
        Refused refused = (Refused)
                inspect("selec 1", "select 'e' as example_id, array[1] as probabilities, 'x' as label", false);
        assertThat(refused.problems()).hasSize(3);
        assertThat(refused.problems().get(0)).contains("annotations-query: cannot run; PostgreSQL: syntax error");
        assertThat(refused.problems().get(1)).contains("predictions-query: ", "give one form or the other");
        assertThat(refused.problems().get(2)).contains("predictions-query: ", "crowdlab.datasets.d.classes");
    }

    @Test
    void noRowIsRead() throws SQLException {
        database.execute("create function public.read() returns text language plpgsql as"
                + " $$ begin raise 'a row was read'; end $$");
        assertThat(inspect("select public.read() as example_id, 'a' as annotator_id, 'x' as label", null, false))
                .isInstanceOf(Usable.class);
    }

    @Test
    void aLostSessionIsNotAProblemOfTheQuery() {
        PGSimpleDataSource nobody = new PGSimpleDataSource();
        nobody.setUrl("jdbc:postgresql://127.0.0.1:1/nowhere");
        assertThatThrownBy(() -> QueryInspection.inspect(nobody, "d", new InputQueries(ANNOTATIONS, null), false))
                .isInstanceOf(SQLException.class);
    }

    private static Outcome inspect(String annotations, @Nullable String predictions, boolean hasClasses)
            throws SQLException {
        return QueryInspection.inspect(
                database.dataSource(), "d", new InputQueries(annotations, predictions), hasClasses);
    }
}
