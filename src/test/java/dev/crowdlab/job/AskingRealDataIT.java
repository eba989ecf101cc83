package dev.crowdlab.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.RealData;
import dev.crowdlab.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The tables about shares, states and soft labels on published data sets, against the figures of the study in
 * src/test/resources/supplements/expected.csv; {@code SupplementsRealDataIT} has all of them, without a database. Run with {@code
 * -Prealdata}, where they are.
 */
@Tag("realdata")
class AskingRealDataIT {

    private static final List<String> DATASETS =
            List.of("adult2", "bluebirds", "ds1979", "fleiss1971", "rte", "trec", "web");

    private static final double MOVED = 0.01;
    private static final double STATES = 0.005;
    private static final double LOSS = 0.001;

    /** Ids in the order of the sample, by SQL. */
    private static final String GOLD = "select example_id, label from public.truth where dataset = '%s'"
            + " order by substr(sha256(convert_to('gold' || chr(31) || example_id, 'UTF8')), 1, 8), example_id limit %s";

    /** One annotation of each example with three or more; repeats and contradictions of one annotator aside. */
    private static final String HELD_OUT = """
            create table public.held as
            with kept as (
                select dataset, example_id, annotator_id, min(label) as label
                from crowdlab.annotation
                group by dataset, example_id, annotator_id
                having count(distinct label) = 1)
            select distinct on (k.dataset, k.example_id) k.*
            from kept k
            join (select dataset, example_id from kept group by 1, 2 having count(*) >= 3) e using (dataset, example_id)
            order by k.dataset, k.example_id,
                substr(sha256(convert_to('soft' || chr(31) || example_id || chr(31) || annotator_id, 'UTF8')), 1, 8)""";

    private static final String LOSSES = """
            select count(*) || ' ' || -avg(ln(greatest(given, 1e-4))) || ' ' || avg(squares - 2 * given + 1)
            from (
                select sum(s.probability) filter (where s.class = h.label) as given, sum(s.probability ^ 2) as squares
                from public.held h
                join crowdlab_bi.soft_label s on s.dataset = h.dataset and s.example_id = h.example_id
                where h.dataset = '%s'
                group by h.example_id) p""";

    private static TestDatabase database;
    private static JdbcClient jdbc;

    @BeforeAll
    static void load() throws IOException, SQLException {
        database = TestDatabase.create();
        jdbc = JdbcClient.create(database.dataSource());
        assertThat(Program.on(database).call("migrate").exitCode()).isZero();
        RealData.load(database, DATASETS);
        database.execute(HELD_OUT);
    }

    @AfterAll
    static void drop() {
        database.close();
    }

    /** The cells after the first two of the lines of a data set that begin with a word. */
    private static List<String[]> expected(String dataset, String what) throws IOException {
        String start = dataset + "," + what + ",";
        return Files.readAllLines(Path.of("src", "test", "resources", "supplements", "expected.csv")).stream()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()).split(",", -1))
                .toList();
    }

    private static void run(String dataset, String condition, String... settings) {
        Program program = Program.on(database)
                .with(
                        "crowdlab.datasets." + dataset + ".annotations-query",
                        "select example_id, annotator_id, label from crowdlab.annotation a where dataset = '" + dataset
                                + "'" + condition)
                .with("crowdlab.datasets." + dataset + ".consensus-methods", "committee")
                .with("crowdlab.datasets." + dataset + ".checks.max-changed-share", "1")
                .with("crowdlab.datasets." + dataset + ".checks.max-rejected-share", "0.5");
        for (int index = 0; index < settings.length; index += 2) {
            program.with("crowdlab.datasets." + dataset + "." + settings[index], settings[index + 1]);
        }
        Program.Result result = program.call("run", "--dataset", dataset);
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    }

    private static double number(String query) {
        return jdbc.sql(query).query(Double.class).single();
    }

    /** Of the data sets whose examples are all known, and of one where twelve of 2,665 are not. */
    @ParameterizedTest
    @CsvSource({"bluebirds, false", "rte, false", "web, false", "rte, true"})
    void sharesAreThoseOfTheStudyWhetherGoldDecidesOrNot(String dataset, boolean decides) throws IOException {
        String[] study = expected(dataset, "shares").get(0);
        run(dataset, "", "gold-query", GOLD.formatted(dataset, study[0]), "use-gold", String.valueOf(decides));
        List<String[]> classes = expected(dataset, "class");
        String order = "(select row_number() over (order by class) - 1 as place, * from crowdlab_bi.class_share"
                + " where scope = 'dataset' and dataset = '" + dataset + "') s";
        assertThat(number("select count(*) from " + order)).isEqualTo(classes.size());
        assertThat(number("select num_gold from " + order + " limit 1")).isEqualTo(Double.parseDouble(study[0]));
        for (String[] cells : classes) {
            List<String> columns = List.of("counted_share", "share", "lower", "upper");
            for (int column = 0; column < columns.size(); column++) {
                assertThat(number("select " + columns.get(column) + " from " + order + " where place = " + cells[0]))
                        .as(columns.get(column) + " of " + cells[0])
                        .isCloseTo(Double.parseDouble(cells[1 + column]), within(MOVED));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"adult2", "bluebirds", "ds1979", "fleiss1971", "rte", "trec", "web"})
    void statesAreThoseOfTheStudy(String dataset) throws IOException {
        run(dataset, "", "stop.at", "0.85");
        String[] study = expected(dataset, "states").get(0);
        double all = number("select count(*) from crowdlab_bi.label_state where dataset = '" + dataset + "'");
        List<String> states = List.of("done", "ask", "expert");
        for (int state = 0; state < states.size(); state++) {
            assertThat(number("select count(*) from crowdlab_bi.label_state where dataset = '" + dataset
                            + "' and state = '" + states.get(state) + "'"))
                    .as(states.get(state))
                    .isCloseTo(Double.parseDouble(study[state]), within(Math.max(1, STATES * all)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"adult2", "bluebirds", "ds1979", "fleiss1971", "rte", "trec", "web"})
    void softLabelsForetellWhatWasHeldOutAsInTheStudy(String dataset) throws IOException {
        run(
                dataset,
                " and not exists (select from public.held h where h.dataset = a.dataset and h.example_id = a.example_id"
                        + " and h.annotator_id = a.annotator_id)",
                "store-soft-labels",
                "true");
        String[] found =
                jdbc.sql(LOSSES.formatted(dataset)).query(String.class).single().split(" ");
        String[] study = expected(dataset, "soft").get(0);
        assertThat(found[0]).isEqualTo(study[0]);
        assertThat(Double.parseDouble(found[1])).isCloseTo(Double.parseDouble(study[3]), within(LOSS));
        assertThat(Double.parseDouble(found[2])).isCloseTo(Double.parseDouble(study[4]), within(LOSS));
    }
}
