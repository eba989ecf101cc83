package dev.crowdlab.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shares of classes, as counted and as corrected by gold, and the sample that they need. */
class ClassShareIT {

    private static final String SHARES = """
            select concat_ws(' ', scope, class, num_examples, round(counted_share::numeric, 6), round(share::numeric, 6),
                round(lower::numeric, 4), round(upper::numeric, 4), num_gold, more_gold_to_halve, reason)
            from crowdlab_bi.class_share
            order by scope, class""";

    @TempDir
    private Path directory;

    private Warehouse warehouse;

    /** 1,000 examples, of which two annotators call 420 a and 580 b. */
    @BeforeEach
    void fill() throws SQLException {
        warehouse = Warehouse.with("d");
        warehouse.execute(
                "create table public.label (example_id text, annotator_id text, label text, annotated_at timestamptz)",
                """
                insert into public.label
                select 'e' || e, 'p' || p, case when e <= 420 then 'a' else 'b' end,
                    timestamptz '2026-03-02 12:00Z' + case when e % 5 = 0 then interval '7 days' else '0' end
                from generate_series(1, 1000) e, generate_series(1, 2) p""",
                "create table public.truth (example_id text, label text)");
    }

    @AfterEach
    void drop() throws SQLException {
        assertThat(warehouse.chainFaults()).isEmpty();
        warehouse.close();
    }

    private Program program() {
        return warehouse
                .program()
                .with(
                        "crowdlab.datasets.d.annotations-query",
                        "select example_id, annotator_id, label, annotated_at from public.label")
                .with("crowdlab.datasets.d.gold-query", "select example_id, label from public.truth")
                .with("crowdlab.datasets.d.consensus-methods", "majority_vote");
    }

    private static String text(Program.Result result) {
        return result.out() + result.err();
    }

    private String run(Program program) {
        Program.Result result = program.call("run");
        assertThat(result.exitCode()).as(text(result)).isZero();
        return text(result);
    }

    /** Of 100 examples 30 are a and called so, 5 are a and called b, 10 are b and called a, 55 are b and called so. */
    private void answerByHand() throws SQLException {
        warehouse.execute("""
                insert into public.truth
                select 'e' || e, case when e <= 30 or e between 421 and 425 then 'a' else 'b' end
                from generate_series(1, 1000) e
                where e <= 40 or e between 421 and 480""");
    }

    @Test
    void countsAreCorrectedAsByHand() throws SQLException {
        answerByHand();
        run(program());
        assertThat(warehouse.column(
                        "select concat_ws(' ', scope, class, num_examples, round(counted_share::numeric, 6),"
                                + " round(share::numeric, 6), num_gold, more_gold_to_halve, reason) from crowdlab_bi.class_share"
                                + " where scope = 'dataset' order by class"))
                .containsExactly(
                        "dataset a 1000 0.420000 0.363333 100 208", "dataset b 1000 0.580000 0.636667 100 208");
        assertThat(warehouse.value("select bool_and(lower < share and share < upper) from crowdlab_bi.class_share"
                        + " where scope = 'dataset'"))
                .isEqualTo("t");
    }

    @Test
    void aPeriodWithEnoughGoldHasSharesOfItsOwn() throws SQLException {
        answerByHand();
        run(program());
        assertThat(warehouse.column("select distinct scope || ' ' || num_examples || ' ' || num_gold"
                        + " from crowdlab_bi.class_share order by 1"))
                .containsExactly("2026-03-02 800 80", "dataset 1000 100");
    }

    @Test
    void fewerThanFiftyCorrectNothing() throws SQLException {
        warehouse.execute("insert into public.truth select 'e' || e, 'a' from generate_series(1, 49) e");
        run(program());
        assertThat(warehouse.column(SHARES))
                .containsExactly(
                        "dataset a 1000 0.420000 49 There are 49 of at least 50 gold labels.",
                        "dataset b 1000 0.580000 49 There are 49 of at least 50 gold labels.");
    }

    @Test
    void goldThatDecidesCorrectsTheCountsFromBefore() throws SQLException {
        answerByHand();
        run(program().with("crowdlab.datasets.d.use-gold", "true"));
        assertThat(warehouse.column(
                        "select concat_ws(' ', class, counted_share, round(share::numeric, 6), num_gold, reason)"
                                + " from crowdlab_bi.class_share where scope = 'dataset' order by class"))
                .containsExactly("a 0.42 0.363333 100", "b 0.58 0.636667 100");
        assertThat(warehouse.value("select count(*) from crowdlab_bi.label_quality where consensus_label = 'a'"))
                .as("published, as gold decides")
                .isEqualTo("415");
    }

    @Test
    void withoutGoldThereIsNoTable() throws SQLException {
        run(warehouse
                .program()
                .with(
                        "crowdlab.datasets.d.annotations-query",
                        "select example_id, annotator_id, label from public.label"));
        assertThat(warehouse.value("select count(*) from crowdlab.run_table where table_name = 'class_share'"))
                .isEqualTo("0");
    }

    @Test
    void aSampleIsNestedAndCountsUpToItsFirstGap() throws SQLException, IOException {
        run(program());
        List<String> hundred = sample(program(), 100);
        assertThat(sample(program(), 200).subList(0, 100)).isEqualTo(hundred);
        for (String line : hundred.subList(0, 80)) {
            warehouse.execute("insert into public.truth values ('" + id(line) + "', 'a')");
        }
        warehouse.execute("insert into public.truth values ('" + id(hundred.get(90)) + "', 'b')");
        Program drawn = program().with("crowdlab.datasets.d.sample-seed", "gold");
        run(drawn);
        assertThat(warehouse.value("select num_items || ' ' || value from crowdlab_bi.dataset_stats"
                        + " where statistic = 'gold_sample'"))
                .isEqualTo("80 0.08");
        assertThat(warehouse.value("select distinct num_gold from crowdlab_bi.class_share where scope = 'dataset'"))
                .isEqualTo("80");
        Program.Result told = drawn.call("sample", "--dataset", "d", "--size", "100");
        assertThat(told.err()).contains("81 already have gold, the first 80 of them without a gap.");
        assertThat(told.out())
                .contains("\n80,\"" + id(hundred.get(79)) + "\",true\n81,\"" + id(hundred.get(80)) + "\",false\n");
    }

    private List<String> findings(String code) throws SQLException {
        return warehouse.column(
                "select severity || ' ' || message from crowdlab_bi.run_checks where code = '" + code + "'");
    }

    @Test
    void countsThatAreOffAreFoundWithBothFigures() throws SQLException {
        warehouse.execute("""
                insert into public.truth
                select 'e' || e, case when e <= 440 then 'a' else 'b' end
                from generate_series(1, 1000) e
                where e <= 40 or e between 421 and 480""");
        assertThat(run(program())).contains("d: warning. The counted shares of 2 classes are off");
        assertThat(findings("SHARES_OFF"))
                .containsExactly("WARN The counted shares of 2 classes are off, as 100 gold labels show:"
                        + " 'a' has 42.0 % of the labels, but corrected by gold 61.3 % (90 % interval from 55.1 to 67.2 %);"
                        + " 'b' has 58.0 % of the labels, but corrected by gold 38.7 % (90 % interval from 32.8 to 44.9 %)."
                        + " Quote the corrected shares, in class_share.");
        assertThat(findings("GOLD_NOT_RANDOM")).isEmpty();
    }

    @Test
    void countsWithinTheirIntervalsAreNotFound() throws SQLException {
        warehouse.execute("""
                insert into public.truth
                select 'e' || e, case when e <= 420 then 'a' else 'b' end from generate_series(10, 1000, 10) e""");
        run(program());
        assertThat(findings("SHARES_OFF")).isEmpty();
        assertThat(findings("GOLD_NOT_RANDOM")).isEmpty();
    }

    /** Two of three annotators call every third example the same, so that the gold of the others is of surer labels. */
    @Test
    void goldOfTheSurestExamplesCorrectsNothing() throws SQLException {
        warehouse.execute("""
                insert into public.label
                select 'e' || e, 'p3', case when e % 3 = 0 then 'b' else 'a' end, timestamptz '2026-03-02 12:00Z'
                from generate_series(1, 420) e""", """
                insert into public.truth
                select 'e' || e, case when e <= 420 then 'a' else 'b' end from generate_series(1, 1000) e
                where e % 3 > 0 and e <= 150 or e > 950""");
        assertThat(run(program())).contains("d: warning. 150 examples with gold were not drawn at random");
        assertThat(findings("GOLD_NOT_RANDOM"))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("WARN 150 examples with gold were not drawn at random: their mean quality is ")
                .endsWith(
                        " standard errors from that of all examples, so that no share of a class is corrected; ask for gold"
                                + " as the command sample draws it, and set sample-seed.");
        assertThat(findings("SHARES_OFF")).isEmpty();
        assertThat(warehouse.column("select distinct concat_ws(' ', class, share, reason) from crowdlab_bi.class_share"
                        + " where scope = 'dataset' order by 1"))
                .allMatch(row ->
                        row.matches("[ab] Examples with gold were not drawn at random: their mean quality is [0-9.]+"
                                + " standard errors from that of all examples\\."));
    }

    @Test
    void theReportSaysHowManyExamplesAreOfAClassAndWhatWouldHalveTheInterval() throws SQLException, IOException {
        answerByHand();
        run(program());
        assertThat(report())
                .contains("By 100 gold labels, “<bdi class=\"id\">b</bdi>” is <b>63.7\u202f%</b> of the examples")
                .contains("counted 42.0\u202f%")
                .contains("208 more gold labels, drawn in the same way, would halve the intervals.")
                .contains("1 period has enough gold for shares of its own");
    }

    @Test
    void theReportSaysWhyNothingIsCorrected() throws SQLException, IOException {
        warehouse.execute("insert into public.truth select 'e' || e, 'a' from generate_series(1, 49) e");
        run(program());
        assertThat(report())
                .contains("Shares of classes are only counted, and may be off. ")
                .contains("There are 49 of at least 50 gold labels.");
    }

    private String report() throws IOException {
        Path file = directory.resolve("report.html");
        Program.Result result = program().call("report", "--dataset", "d", "--out", file.toString());
        assertThat(result.exitCode()).as(text(result)).isZero();
        return Files.readString(file);
    }

    private List<String> sample(Program program, int size) throws IOException {
        Path file = directory.resolve("asked.csv");
        Program.Result result =
                program.call("sample", "--dataset", "d", "--size", String.valueOf(size), "--out", file.toString());
        assertThat(result.exitCode()).as(text(result)).isZero();
        assertThat(result.err()).contains("Set crowdlab.datasets.d.sample-seed to 'gold'");
        List<String> lines = Files.readAllLines(file);
        assertThat(lines.get(0)).isEqualTo("place,example_id,has_gold");
        return lines.subList(1, lines.size());
    }

    private static String id(String line) {
        return line.split("\"", -1)[1];
    }
}
