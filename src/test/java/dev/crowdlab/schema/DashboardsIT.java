package dev.crowdlab.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crowdlab.testing.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs every query of the dashboards as crowdlab_reader, in a database where each finds something. Of Grafana,
 * {@code ${name:sqlstring}} becomes the quoted value of the variable and {@code $__timeFilter(column)} a condition on
 * the year 2026, as Grafana writes them; of Metabase, {@code {{dataset}}} becomes the quoted name.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DashboardsIT {

    private static final Path GRAFANA = Path.of("src/deploy/grafana");
    private static final Pattern TIME_FILTER = Pattern.compile("\\$__timeFilter\\(([^)]+)\\)");
    private static final Pattern SHOWN = Pattern.compile("[^, ]+");
    private static final Pattern COLUMN = Pattern.compile("`([a-z_]+)`");
    private static final Pattern QUESTION =
            Pattern.compile("### ([^\\n]+)\\n\\nBuild: ([^\\n]+)\\n\\n((?: {4}[^\\n]+\\n)+)");

    private Warehouse warehouse;

    @BeforeAll
    void storeKnownResults() throws SQLException {
        warehouse = Warehouse.with();
        warehouse.execute(ViewsIT.knownResults());
    }

    @AfterAll
    void drop() throws SQLException {
        warehouse.close();
    }

    static Stream<Path> dashboards() throws IOException {
        try (Stream<Path> files = Files.list(GRAFANA.resolve("dashboards"))) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void everyPanelShowsTheColumnsThatItNames(Path dashboard) throws IOException, SQLException {
        JsonNode root = new ObjectMapper().readTree(Files.readString(dashboard));
        for (JsonNode variable : root.at("/templating/list")) {
            assertThat(columns(grafana(variable.get("query").asText()))).hasSize(1);
        }
        assertThat(root.get("panels").size()).isGreaterThan(5);
        for (JsonNode panel : root.get("panels")) {
            String title = dashboard.getFileName() + ": " + panel.get("title").asText();
            List<String> named = new ArrayList<>();
            panel.at("/fieldConfig/overrides")
                    .forEach(field -> named.add(field.at("/matcher/options").asText()));
            assertThat(panel.get("targets").size()).as(title).isEqualTo(1);
            String query = panel.at("/targets/0/rawSql").asText();
            assertThat(columns(grafana(query))).as(title).isEqualTo(named);
            if (panel.get("options").has("xField")) {
                assertThat(named).contains(panel.at("/options/xField").asText());
            }
        }
    }

    @Test
    void operationsShowTheNewestRunEvenIfItWasRefused() throws IOException, SQLException {
        assertThat(rows("operations", "Is everything up to date?", "dataset, last_run_status, num_fails, num_warnings"))
                .containsExactly("zoo|1|1|0", "pets|2|2|1");
        assertThat(rows(
                        "operations",
                        "Rejected rows of the newest run",
                        "run_id, status, reason, num_rows, example_id"))
                .containsExactly("4|2|UNKNOWN_LABEL|34432|e8", "4|2|MISSING_ID|1|null");
        assertThat(rows("operations", "Findings of the newest run", "run_id, severity, code"))
                .containsExactly("4|1|MIN_EXAMPLES", "4|1|ANOTHER", "4|2|OTHER");
        assertThat(rows("operations", "Findings by code", "severity, code, num_runs"))
                .containsExactly("1|ANOTHER|1", "1|MIN_EXAMPLES|1", "2|OTHER|1", "2|SINGLE_ANNOTATION_ONLY|1");
    }

    @Test
    void thoseWhoGaveMostUnsupportedLabelsComeFirst() throws IOException, SQLException {
        warehouse.execute("set session_replication_role = replica; insert into crowdlab.annotator_stats"
                + " (run_id, annotator_id, annotator_quality, num_examples_labeled, agreement_imputed, agreement_with_consensus,"
                + " quality_lower, quality_upper, gold_accuracy, gold_lower, gold_upper, num_gold, worst_class, agreement_with_annotators)"
                + " values (3, 'one-class', 0.6, 1000, false, 0.5, 0.5, 0.7, 0.3, 0.2, 0.4, 60, 'dog', 0.5),"
                + " (3, 'one-label', 0.1, 1, false, 0.5, 0, 0.9, 0, 0, 0.7, 1, 'dog', 0.5)");
        assertThat(rows("leads", "Annotators, whose labels cost most first", "annotator_id, round(unsupported_labels)"))
                .startsWith("one-class|600")
                .endsWith("one-label|0");
    }

    @Test
    void leadsSeeWhatMachinesAreWorthAndWhichChanged() throws IOException, SQLException {
        assertThat(rows(
                        "leads",
                        "What are the machines worth?",
                        "machine, family, accuracy, verdict, status, effective_votes"))
                .containsExactly("gpt-1|gpt|0.9|PASS|USED|1", "gpt-2|null|0.5|TOO_FEW_HUMANS|NO_OVERLAP|1");
        assertThat(rows(
                        "leads",
                        "Which machines changed?",
                        "machine, period_start, agreement_with_people, agreement_drop"))
                .containsExactly("gpt-1|2026-01-12|0.5|0.4");
    }

    @Test
    void leadsSeeSharesAndStatesOfTheDatasetAndWhatToAskNext() throws IOException, SQLException {
        assertThat(rows(
                        "leads",
                        "How many examples are of each class?",
                        "class, counted_share, share, lower, num_gold"))
                .containsExactly("dog|0.5|0.75|0.625|50", "cat|0.5|0.25|0.125|50");
        assertThat(rows("leads", "Which examples need nobody any more?", "done, ask, expert"))
                .containsExactlyInAnyOrder("null|2|null", "1|1|null");
        assertThat(rows("leads", "What to ask next", "example_id, state, probability"))
                .containsExactly("e3|ask|null");
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void numbersHaveDecimalsAndNamesHaveLinksAndStatesHaveColors(Path dashboard) throws IOException, SQLException {
        JsonNode root = new ObjectMapper().readTree(Files.readString(dashboard));
        assertThat(root.at("/links/0/includeVars").asBoolean()).isTrue();
        for (JsonNode panel : root.get("panels")) {
            boolean table = panel.get("type").asText().equals("table");
            Set<String> fractions =
                    fractions(grafana(panel.at("/targets/0/rawSql").asText()));
            for (JsonNode field : panel.at("/fieldConfig/overrides")) {
                String name = field.at("/matcher/options").asText();
                List<String> set = field.get("properties").findValuesAsText("id");
                String where =
                        dashboard.getFileName() + ": " + panel.get("title").asText() + ": " + name;
                if (fractions.contains(name)) {
                    assertThat(set).as(where).contains("decimals");
                }
                if (table
                        && Set.of("dataset", "annotator_id", "other_annotator").contains(name)) {
                    assertThat(set).as(where).contains("links");
                }
                if (table
                        && Set.of("status", "last_run_status", "severity", "is_current", "change")
                                .contains(name)) {
                    assertThat(set).as(where).contains("mappings", "custom.cellOptions");
                }
                if (table
                        && Set.of("annotator_quality", "num_rejected", "num_rows", "agreement_drop")
                                .contains(name)) {
                    assertThat(set).as(where).contains("thresholds", "custom.cellOptions");
                }
            }
        }
    }

    @Test
    void everyQuestionOfThePageGivesTheColumnsToBuildItOf() throws IOException, SQLException {
        String page = Files.readString(Path.of("src/site/markdown/dashboards.md"));
        List<MatchResult> questions = QUESTION.matcher(page).results().toList();
        assertThat(questions).hasSize((int)
                page.lines().filter(line -> line.startsWith("### ")).count());
        for (MatchResult question : questions) {
            List<String> named = COLUMN.matcher(question.group(2))
                    .results()
                    .map(found -> found.group(1))
                    .toList();
            assertThat(named).isNotEmpty();
            assertThat(columns(question.group(3).replace("{{dataset}}", "'pets'")))
                    .as(question.group(1))
                    .containsAll(named);
        }
    }

    @Test
    void noSecretStandsInTheFiles() throws IOException {
        String source = Files.readString(GRAFANA.resolve("provisioning/datasources/crowdlab.yaml"));
        assertThat(source.lines().filter(line -> line.matches(" *(url|user|password|database|sslmode): .*")))
                .hasSize(5)
                .allMatch(line -> line.contains(": $CROWDLAB_DASHBOARD_"));
    }

    /** Columns of what a panel shows, in its order, values separated by bars. */
    private List<String> rows(String dashboard, String title, String columns) throws IOException, SQLException {
        JsonNode root = new ObjectMapper()
                .readTree(Files.readString(GRAFANA.resolve("dashboards").resolve(dashboard + ".json")));
        for (JsonNode panel : root.get("panels")) {
            if (panel.get("title").asText().equals(title)) {
                String query = grafana(panel.at("/targets/0/rawSql").asText());
                return warehouse.column("select concat_ws('|', "
                        + SHOWN.matcher(columns).replaceAll("coalesce(($0)::text, 'null')")
                        + ") from (select *, row_number() over () as place from (" + query + ") q) p order by place");
            }
        }
        throw new AssertionError("No panel is called " + title);
    }

    /** The columns of a query that are no whole numbers. */
    private Set<String> fractions(String query) throws SQLException {
        try (Connection connection = warehouse.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            Set<String> fractions = new HashSet<>();
            for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                if (Set.of("float8", "numeric").contains(rows.getMetaData().getColumnTypeName(column))) {
                    fractions.add(rows.getMetaData().getColumnLabel(column));
                }
            }
            return fractions;
        }
    }

    private static String grafana(String query) {
        String filled = query.replace("${dataset:sqlstring}", "'pets'").replace("${annotator:sqlstring}", "'ann'");
        Matcher filter = TIME_FILTER.matcher(filled);
        return filter.replaceAll("$1 between '2026-01-01T00:00:00Z' and '2026-12-31T23:59:59Z'");
    }

    /** The columns of a query that finds something. */
    private List<String> columns(String query) throws SQLException {
        try (Connection connection = warehouse.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("set role crowdlab_reader; set timezone = 'UTC'");
            try (ResultSet rows = statement.executeQuery(query)) {
                assertThat(rows.next()).as("finds something: " + query).isTrue();
                ResultSetMetaData shape = rows.getMetaData();
                List<String> columns = new ArrayList<>();
                for (int column = 1; column <= shape.getColumnCount(); column++) {
                    columns.add(shape.getColumnLabel(column));
                }
                return columns;
            }
        }
    }
}
