package dev.crowdlab.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Warehouse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each view of schema crowdlab_bi shows to a dashboard of results that can be checked by hand. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ViewsIT {

    private Warehouse warehouse;

    @BeforeAll
    void storeKnownResults() throws SQLException {
        warehouse = Warehouse.with();
        warehouse.execute(knownResults());
    }

    static String knownResults() {
        try (InputStream script = ViewsIT.class.getResourceAsStream("known-results.sql")) {
            return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    void drop() throws SQLException {
        warehouse.close();
    }

    /** The rows of a query as a dashboard reads them, values separated by bars. */
    private List<String> rows(String query) throws SQLException {
        try (Connection connection = warehouse.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("set role crowdlab_reader; set timezone = 'UTC'");
            List<String> rows = new ArrayList<>();
            try (ResultSet found = statement.executeQuery(query)) {
                while (found.next()) {
                    List<String> values = new ArrayList<>();
                    for (int column = 1; column <= found.getMetaData().getColumnCount(); column++) {
                        values.add(String.valueOf(found.getString(column)));
                    }
                    rows.add(String.join("|", values));
                }
            }
            return rows;
        }
    }

    private List<String> rows(String columns, String view, String order) throws SQLException {
        return rows("select " + columns + " from crowdlab_bi." + view + " where dataset = 'pets' order by " + order);
    }

    @Test
    void datasetStats() throws SQLException {
        assertThat(rows("run_id, statistic, value, lower, upper, num_items, note", "dataset_stats", "statistic"))
                .containsExactly(
                        "3|fleiss_kappa|null|null|null|3|Examples have different numbers of annotations.",
                        "3|krippendorff_alpha|0.25|0.1|0.4|3|null",
                        "3|state_ask|0.5|null|null|1|null",
                        "3|state_done|0.5|null|null|1|null");
    }

    @Test
    void datasetStatsHistory() throws SQLException {
        assertThat(rows("run_id, value, as_of", "dataset_stats_history", "run_id, statistic"))
                .containsExactly(
                        "1|0.5|2026-01-11 23:00:00+00",
                        "2|0.3|2026-02-08 23:00:00+00",
                        "2|1|2026-02-08 23:00:00+00",
                        "3|null|2026-02-08 23:00:00+00",
                        "3|0.25|2026-02-08 23:00:00+00",
                        "3|0.5|2026-02-08 23:00:00+00",
                        "3|0.5|2026-02-08 23:00:00+00");
    }

    @Test
    void annotatorPairs() throws SQLException {
        assertThat(rows(
                        "run_id, annotator_a, annotator_b, num_common, num_agreed, cohen_kappa, round(agreement::numeric, 4)",
                        "annotator_pairs",
                        "annotator_b"))
                .containsExactly("3|ann|bob|3|2|0.4|0.6667", "3|ann|cyd|1|1|null|1.0000");
    }

    @Test
    void annotatorConfusion() throws SQLException {
        assertThat(rows(
                        "annotator_id, consensus_label, given_label, num_annotations",
                        "annotator_confusion",
                        "1, 2, 3"))
                .containsExactly(
                        "ann|cat|cat|1",
                        "ann|cat|dog|1",
                        "ann|dog|dog|1",
                        "bob|cat|cat|1",
                        "bob|cat|dog|1",
                        "bob|dog|cat|1",
                        "cyd|cat|cat|1",
                        "cyd|dog|dog|1");
    }

    @Test
    void classConfusion() throws SQLException {
        assertThat(rows(
                        "consensus_label, given_label, num_annotations, num_annotators, round(share::numeric, 4)",
                        "class_confusion",
                        "1, 2"))
                .containsExactly(
                        "cat|cat|3|3|0.6000", "cat|dog|2|2|0.4000", "dog|cat|1|1|0.3333", "dog|dog|2|2|0.6667");
    }

    @Test
    void labelQualityHistogram() throws SQLException {
        assertThat(rows("bin, bin_lower, bin_upper, num_examples", "label_quality_histogram", "bin"))
                .containsExactly("1|0|0.05|1", "11|0.5|0.55|1", "20|0.95|1|2");
    }

    @Test
    void posteriors() throws SQLException {
        assertThat(rows("class_index, label", "run_classes", "class_index")).containsExactly("1|dog", "2|cat");
        assertThat(rows("run_id, example_id, posterior", "example_posterior", "example_id"))
                .containsExactly("3|e1|{0.125,0.875}", "3|e3|{0.75,0.25}");
        assertThat(rows("run_id, example_id, label, probability", "label_posterior", "example_id, label"))
                .containsExactly("3|e1|cat|0.875", "3|e1|dog|0.125", "3|e3|cat|0.25", "3|e3|dog|0.75");
    }

    @Test
    void labelStates() throws SQLException {
        assertThat(rows(
                        "run_id, example_id, state, date(since at time zone 'UTC'), probability",
                        "label_state",
                        "example_id"))
                .containsExactly("3|e1|done|2026-01-02|0.875", "3|e3|ask|2026-01-03|null");
    }

    @Test
    void softLabels() throws SQLException {
        assertThat(rows("run_id, example_id, class, probability", "soft_label", "example_id, class"))
                .containsExactly("3|e1|cat|0.75", "3|e1|dog|0.25", "3|e3|cat|0.5", "3|e3|dog|0.5");
    }

    @Test
    void exampleVotes() throws SQLException {
        assertThat(rows(
                        "example_id, votes, model_label, model_probability, annotators_by_label",
                        "example_votes",
                        "example_id"))
                .containsExactly(
                        "e1|cat 3: ann, bob, cyd|cat|0.9|{\"cat\": [\"ann\", \"bob\", \"cyd\"]}",
                        "e2|cat 1: bob; dog 1: ann|dog|0.7|{\"cat\": [\"bob\"], \"dog\": [\"ann\"]}",
                        "e3|dog 2: ann, bob|cat|0.99|{\"dog\": [\"ann\", \"bob\"]}",
                        "e4|dog 1: cyd|null|null|{\"dog\": [\"cyd\"]}");
    }

    @Test
    void labelChangesTellNewChangedAndGoneApart() throws SQLException {
        assertThat(rows(
                        "run_id, example_id, previous_label, consensus_label, change",
                        "label_changes",
                        "run_id, example_id"))
                .containsExactly("2|e1|null|cat|new", "3|e2|cat|dog|changed", "3|e5|dog|null|gone");
    }

    @Test
    void annotatorPeriodsShowThroughputAndDrift() throws SQLException {
        assertThat(rows(
                        "annotator_id, period_start, num_annotations, num_annotations_change, rolling_num_annotations,"
                                + " round(rolling_mean_quality::numeric, 4), round(agreement_drop::numeric, 4), is_drifting",
                        "annotator_periods",
                        "annotator_id, period_start"))
                .containsExactly(
                        "ann|2026-01-05|20|null|20|0.9000|null|f",
                        "ann|2026-01-12|20|0|20|0.9000|null|f",
                        "ann|2026-01-19|20|0|20|0.9000|0.0000|f",
                        "ann|2026-01-26|20|0|20|0.9000|0.0000|f",
                        "ann|2026-02-02|30|10|22|0.7364|0.3600|t",
                        "bob|2026-01-05|4|null|4|1.0000|null|f",
                        "bob|2026-01-12|4|0|4|1.0000|null|f",
                        "bob|2026-01-19|4|0|4|1.0000|0.0000|f",
                        "bob|2026-01-26|4|0|4|1.0000|0.0000|f",
                        "bob|2026-02-02|4|0|4|0.8000|0.5000|f");
    }

    @Test
    void annotatorQualityHistoryHasOneRowPerMoment() throws SQLException {
        assertThat(rows(
                        "annotator_id, run_id, annotator_quality, round(quality_change::numeric, 4),"
                                + " round(rolling_mean_quality::numeric, 4), is_drifting",
                        "annotator_quality_history",
                        "annotator_id, as_of"))
                .containsExactly(
                        "ann|1|0.9|null|0.9000|f",
                        "ann|3|0.6|-0.3000|0.7500|t",
                        "bob|1|null|null|null|f",
                        "bob|3|0.5|null|0.5000|f",
                        "cyd|3|0.8|null|0.8000|f");
    }

    @Test
    void alternativeConsensus() throws SQLException {
        assertThat(rows(
                        "run_id, consensus_method, example_id, consensus_label, consensus_quality_score, annotator_agreement",
                        "alternative_consensus",
                        "example_id"))
                .containsExactly("3|majority_vote|e1|cat|1|1", "3|majority_vote|e3|dog|0.06|1");
    }

    @Test
    void worstAnnotationsHaveRanks() throws SQLException {
        assertThat(rows("example_id, annotator_id, quality_score, rank", "detailed_label_quality", "rank, 1, 2"))
                .hasSize(8)
                .startsWith("e3|bob|0.1|1", "e3|ann|0.2|2", "e1|ann|0.9|null");
    }

    @Test
    void rejectedRowsByReasonWithAnExample() throws SQLException {
        assertThat(rows(
                        "source, reason, num_rows, row_number, example_id, annotator_id, label, detail",
                        "rejected_rows",
                        "source, reason"))
                .containsExactly(
                        "annotation|MISSING_LABEL|1|1|e1|bob|null|no label",
                        "annotation|UNKNOWN_LABEL|2|2|e2|bob|hog|meant dog?",
                        "prediction|PROBABILITY_SUM|5|null|null|null|null|null");
    }

    @Test
    void historiesShowWhatRunsThatWereNotPublishedFound() throws SQLException {
        assertThat(rows(
                        "run_id, status, source, reason, num_rows, example_id, detail",
                        "rejected_rows_history",
                        "1, 3, 4"))
                .contains(
                        "4|REFUSED|annotation|UNKNOWN_LABEL|34432|e8|no such class",
                        "4|REFUSED|gold|MISSING_ID|1|null|null")
                .hasSize(6);
        assertThat(rows(
                        "run_id, status, code, severity_order, rank",
                        "run_checks_history",
                        "run_id, severity_order, rank"))
                .containsExactly(
                        "2|PUBLISHED|OLD|3|null",
                        "3|PUBLISHED|SINGLE_ANNOTATION_ONLY|2|240",
                        "4|REFUSED|MIN_EXAMPLES|1|20",
                        "4|REFUSED|ANOTHER|1|30",
                        "4|REFUSED|OTHER|2|10");
    }

    @Test
    void runChecksAndRunModels() throws SQLException {
        assertThat(rows("run_id, code, severity, message, observed, threshold, rank, wording", "run_checks", "code"))
                .containsExactly(
                        "3|SINGLE_ANNOTATION_ONLY|WARN|One example has one annotation.|1|0|240|[{\"headline\": \"One example has one annotation.\"}]");
        assertThat(rows("run_id, model, model_weight, temperature, coverage", "run_models", "model"))
                .containsExactly("3|net|1.5|0.8|0.75");
    }

    @Test
    void consensusMethodsAndExperts() throws SQLException {
        assertThat(rows(
                        "run_id, consensus_method, estimated_accuracy, lower, upper, rounds, gold_accuracy, gold_lower,"
                                + " gold_upper, num_gold, agreement_with_published",
                        "run_consensus",
                        "consensus_method"))
                .containsExactly(
                        "3|committee|0.8|0.6|0.9|12|0.75|0.5|0.875|4|1",
                        "3|majority_vote|null|null|null|null|0.5|0.25|0.75|4|0.5");
        assertThat(rows("run_id, consensus_method, expert, weight, loo_score, rounds", "run_experts", "expert"))
                .containsExactly("3|committee|coin2|0.75|-1.5|12", "3|committee|spam8|0.25|-1.75|7");
        assertThat(rows("run_id, consensus_method, expert, model, lambda", "run_expert_models", "expert, model"))
                .containsExactly("3|committee|coin2|net|0.5", "3|committee|spam8|net|2");
    }

    @Test
    void freshness() throws SQLException {
        assertThat(rows("select * from crowdlab_bi.freshness order by dataset"))
                .containsExactly(
                        "pets|3|2026-02-09 01:00:00+00|2026-02-08 23:00:00+00|2026-02-08 22:59:00+00|4|REFUSED"
                                + "|2026-02-10 00:00:00+00|2026-02-10 01:00:00+00|Too few examples. Why that is so.",
                        "zoo|null|null|null|null|5|FAILED|2026-02-10 00:00:00+00|2026-02-10 01:00:00+00|The query failed.");
    }

    @Test
    void theDictionaryDescribesEveryViewAndColumn() throws SQLException {
        assertThat(
                        rows(
                                "select view_name, column_name from crowdlab_bi.data_dictionary where coalesce(description, '') = ''"))
                .isEmpty();
        assertThat(rows("select count(*) filter (where position > 0), count(*) filter (where position = 0)"
                        + " from crowdlab_bi.data_dictionary"))
                .isEqualTo(rows("select count(*), count(distinct c.oid) from pg_class c"
                        + " join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped"
                        + " where c.relnamespace = 'crowdlab_bi'::regnamespace"));
        assertThat(rows("select position, data_type, description from crowdlab_bi.data_dictionary"
                        + " where view_name = 'freshness' and column_name = 'published_at'"))
                .containsExactly("3|timestamp with time zone|When that run became current.");
    }

    @Test
    void noViewSortsForEveryReader() throws SQLException {
        assertThat(warehouse.column("select relname from pg_class where relkind = 'v'"
                        + " and relnamespace = 'crowdlab_bi'::regnamespace and pg_get_viewdef(oid) ~ '\\n  ORDER BY'"))
                .isEmpty();
    }

    /** What pg_dump writes is what a restored database is made of, and verify compares. */
    @Test
    void aViewMadeOfWhatTheServerPrintsIsPrintedAlike() throws SQLException {
        warehouse.execute("create schema printed");
        for (String view : warehouse.column("select relname from pg_class where relkind = 'v'"
                + " and relnamespace = 'crowdlab_bi'::regnamespace")) {
            String printed = warehouse.value("select pg_get_viewdef('crowdlab_bi." + view + "'::regclass)");
            warehouse.execute("create view printed." + view + " as " + printed);
            assertThat(warehouse.value("select pg_get_viewdef('printed." + view + "'::regclass)"))
                    .isEqualTo(printed);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "votes, annotators_by_label from crowdlab_bi.example_votes where example_id = 'e1' and",
                "* from crowdlab_bi.example_posterior where example_id = 'e1' and",
                "* from crowdlab_bi.label_state where example_id = 'e1' and",
                "* from crowdlab_bi.soft_label where example_id = 'e1' and",
                "* from crowdlab_bi.label_posterior where example_id = 'e1' and",
                "* from crowdlab_bi.alternative_consensus where example_id = 'e1' and",
                "* from crowdlab_bi.detailed_label_quality where rank <= 500 and",
                "* from crowdlab_bi.label_next where rank <= 500 and",
                "* from crowdlab_bi.review_queue where rank <= 500 and",
                "(select v.votes from crowdlab_bi.example_votes v where v.dataset = q.dataset and v.example_id = q.example_id)"
                        + " from crowdlab_bi.review_queue q where rank <= 500 and"
            })
    void onlyThePartitionOfThePublishedRunIsRead(String query) throws SQLException {
        List<String> scans =
                rows("explain (analyze, costs off, timing off, summary off) select " + query + " dataset = 'pets'")
                        .stream()
                        .filter(line -> line.matches(".* on [a-z_]+_r\\d+.*"))
                        .toList();
        assertThat(scans)
                .anyMatch(scan -> scan.matches(".*_r3\\D.*") && !scan.contains("(never executed)"))
                .anyMatch(scan -> scan.matches(".*_r2\\D.*"))
                .allMatch(scan -> scan.matches(".*_r3\\D.*") || scan.contains("(never executed)"));
    }
}
