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
import java.util.List;
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
