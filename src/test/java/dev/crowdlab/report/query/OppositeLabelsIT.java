package dev.crowdlab.report.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.finding.Finding;
import dev.crowdlab.finding.FindingCode;
import dev.crowdlab.report.figures.AnnotatorFigures;
import dev.crowdlab.report.figures.PairFigures;
import dev.crowdlab.report.figures.PairFigures.Pair;
import dev.crowdlab.run.FindingReader;
import dev.crowdlab.testing.Program.Result;
import dev.crowdlab.testing.Warehouse;
import java.sql.SQLException;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The report and the run's finding name the same pair. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OppositeLabelsIT {

    private static final String FINDING =
            "select max(message) from crowdlab.run_check where code = 'OPPOSITE_LABELS' and run_id = ";

    private Warehouse warehouse;

    @BeforeAll
    void run() throws SQLException {
        warehouse = Warehouse.with();
        // 80 examples; a1 and a2 label the wrong way round, mostly, a3 to a8 the right way, mostly
        label("opposed", "((e % 2 = 0) = (a > 2)) = (" + digit() + " > 1)", 8);
        // all of 20 guess: of 190 pairs some agree on less than half of the examples
        label("guessed", digit() + " > 7", 20);
        // a1 never says dog: a9 and a10 do half the time, the others as often as is right; a2 gives what is nearly
        // always right
        label("constant", "a > 2 and (e % 2 = 0) = (a > 8 or " + digit() + " > 1)", 10);
        warehouse.execute("delete from crowdlab.annotation where dataset = 'constant' and annotator_id = 'a2'"
                + " and ltrim(example_id, 'e')::int % 20 in (0, 2, 4, 6, 8, 10, 12, 14, 16)");
        // a1 never says dog, although most are dogs
        label("against", "a > 1 and (e % 5 > 0) = (" + digit() + " > 1)", 8);
        // a1 and a2 guess, mostly dog and mostly cat; the others label the right way, mostly
        label(
                "habits",
                "case a when 1 then " + digit() + " > 1 when 2 then " + digit() + " < 2 else (e % 2 = 0) = (" + digit()
                        + " > 1) end",
                8);
        // the same with ids that are numbers
        label("numbered", "a > 1 and (e % 5 > 0) = (" + digit() + " > 1)", 8);
        warehouse.execute("update crowdlab.annotation set annotator_id = 100 + ltrim(annotator_id, 'a')::int"
                + " where dataset = 'numbered'");
        Result result = warehouse.program().call("run");
        assertThat(result.exitCode()).as(result.err()).isZero();
    }

    @AfterAll
    void drop() {
        warehouse.close();
    }

    /** From 0 to 15, as good as random. */
    private static String digit() {
        return "('x' || left(md5(e || ' ' || a), 1))::bit(4)::int";
    }

    private void label(String dataset, String isDog, int annotators) throws SQLException {
        warehouse.execute("""
                insert into crowdlab.annotation (dataset, example_id, annotator_id, label)
                select '%s', 'e' || e, 'a' || a, case when %s then 'dog' else 'cat' end
                from generate_series(1, 80) e
                cross join generate_series(1, %d) a""".formatted(dataset, isDog, annotators));
    }

    private long runOf(String dataset) throws SQLException {
        return Long.parseLong(
                warehouse.value("select run_id from crowdlab.published_run where dataset = '" + dataset + "'"));
    }

    private PairFigures pairs(long run) {
        return new FiguresReader(warehouse.database().dataSource())
                .read(run, false)
                .pairs();
    }

    @Test
    void whoGivesOneClassIsToldOfAsSuch() throws SQLException {
        long run = runOf("constant");
        PairFigures pairs = pairs(run);
        assertThat(pairs.oneClass()).containsExactly(new PairFigures.OneClass("a1", "cat", 80, 80));
        assertThat(pairs.oneClassSize()).isEqualTo(new AnnotatorFigures.Size(1, 80));
        assertThat(warehouse.value("select message from crowdlab.run_check where code = 'ONE_CLASS_ANNOTATORS' and"
                        + " run_id = " + run))
                .startsWith(
                        "1 annotator gives one class nearly always: 'a1' (\"cat\" in 100.0 % of 80 labels, the consensus in"
                                + " 50.0 %); ");
        assertThat(pairs.opposite()).isEmpty();
    }

    @Test
    void whomAFindingNamesIsAPartOfIt() throws SQLException {
        long run = runOf("opposed");
        Finding stored = new FindingReader(
                        JdbcClient.create(warehouse.database().dataSource()))
                .read(run).stream()
                        .filter(finding -> finding.is(FindingCode.OPPOSITE_LABELS))
                        .findFirst()
                        .orElseThrow();
        assertThat(stored.message()).isEqualTo(warehouse.value(FINDING + run));
        assertThat(stored.rank()).isEqualTo(FindingCode.OPPOSITE_LABELS.rank());
        Pair pair = pairs(run).opposite().orElseThrow().pair();
        assertThat(warehouse.column(
                        "select jsonb_path_query(wording, '$[*].annotator') #>> '{}' from crowdlab.run_check"
                                + " where code = 'OPPOSITE_LABELS' and run_id = " + run))
                .startsWith(pair.first(), pair.second())
                .hasSize(4);
    }

    /** An id that is a number is taken for one in a sentence only between quotes; as a part, it has none. */
    @Test
    void aForgottenAnnotatorIsReplacedInThePartsOfFindings() throws SQLException {
        try (Warehouse copy = warehouse.copy()) {
            String named =
                    "select message || ' ' || wording from crowdlab.run_check where code = 'ONE_CLASS_ANNOTATORS'"
                            + " and run_id = " + runOf("numbered");
            assertThat(copy.value(named)).contains("always: '101' (", "{\"annotator\": \"101\"}");
            copy.call(0, "forget", "--annotator", "101", "--dataset", "numbered");
            assertThat(copy.value(named))
                    .containsPattern("always: 'forgotten-[0-9a-f]+' \\(")
                    .containsPattern("\\{\"annotator\": \"forgotten-[0-9a-f]+\"\\}")
                    .doesNotContain("101");
            copy.call(0, "verify");
        }
    }

    @Test
    void thePairIsTheFirstOfTheFinding() throws SQLException {
        long run = runOf("opposed");
        PairFigures.Opposite opposite = pairs(run).opposite().orElseThrow();
        Pair pair = opposite.pair();
        assertThat(pair.first()).isIn("a1", "a2");
        assertThat(warehouse.value(FINDING + run))
                .startsWith(String.format(
                        Locale.ROOT,
                        "2 annotators seem to give opposite labels: '%s' (agrees with '%s' on %.1f %% of %d common"
                                + " examples, where guessing would on %.1f %%)",
                        pair.first(),
                        pair.second(),
                        100.0 * pair.agreed() / pair.common(),
                        pair.common(),
                        100 * opposite.chance()));
    }

    @Test
    void whoGivesOneClassAgainstMostIsNotOppositeForThat() throws SQLException {
        long run = runOf("against");
        assertThat(pairs(run).oneClass()).containsExactly(new PairFigures.OneClass("a1", "cat", 80, 80));
        assertThat(pairs(run).opposite()).isEmpty();
        assertThat(warehouse.column(FINDING + run)).containsOnlyNulls();
    }

    @Test
    void whoGuessesWithDifferentHabitsIsNotOpposite() throws SQLException {
        long run = runOf("habits");
        assertThat(warehouse.value("select min(num_agreed) < 24 from crowdlab.annotator_pair where run_id = " + run))
                .isEqualTo("t");
        assertThat(pairs(run).opposite()).isEmpty();
        assertThat(warehouse.column(FINDING + run)).containsOnlyNulls();
    }

    @Test
    void nobodyWhoGuessesIsNamed() throws SQLException {
        long run = runOf("guessed");
        assertThat(warehouse.value("select min(num_agreed) < 32 from crowdlab.annotator_pair where run_id = " + run))
                .isEqualTo("t");
        assertThat(warehouse.column(FINDING + run)).containsOnlyNulls();
        assertThat(pairs(run).opposite()).isEmpty();
    }
}
