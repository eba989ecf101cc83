package dev.crowdlab.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.results.RunFeature;
import dev.crowdlab.results.SummaryTables;
import dev.crowdlab.testing.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The graph of steps in architecture.md is that of the job: a run has each of its steps, no other, in its order. */
class StepGraphIT {

    private static final Pattern GRAPH =
            Pattern.compile("(?s)## Steps\\s+(.*?)→ unchanged\\?\\s+yes: (.*?)\\s+no: (.*?)\\n\\n");
    private static final Pattern TOKEN = Pattern.compile("\\w+|[→‖()]");

    private static final String STEPS = "select step_name from crowdlab.batch_step_execution where job_execution_id ="
            + " (select job_execution_id from crowdlab.run where run_id = %d) order by step_execution_id";

    @Test
    void runsTakeTheStepsOfThePageInItsOrder() throws IOException, SQLException {
        Matcher graph = GRAPH.matcher(Files.readString(Path.of("src", "site", "markdown", "architecture.md")));
        assertThat(graph.find()).isTrue();
        try (Warehouse warehouse = Warehouse.with("colors")) {
            warehouse.execute("insert into crowdlab.gold (dataset, example_id, label) values ('colors', 'e2', 'red')");
            for (int run = 1; run <= 2; run++) {
                warehouse.call(
                        0,
                        "run",
                        "--crowdlab.datasets.colors.consensus-methods=committee,best_quality",
                        "--crowdlab.datasets.colors.store-posterior=true",
                        "--crowdlab.datasets.colors.store-soft-labels=true",
                        "--crowdlab.datasets.colors.stop.max-labels=7");
                List<String> started = warehouse.column(STEPS.formatted(run));
                String path = (graph.group(1) + "→ " + graph.group(run == 1 ? 3 : 2))
                        .replace("writeEachSummaryTable", summaries());
                assertThat(new Walk(path, started).sequence())
                        .as("the steps of run %d", run)
                        .hasSameSizeAs(started)
                        .doesNotHaveDuplicates();
            }
        }
    }

    private static String summaries() {
        return SummaryTables.writtenWith(EnumSet.of(RunFeature.GOLD, RunFeature.POSTERIOR)).stream()
                .filter(table -> !table.usesScores())
                .map(TableSteps::stepName)
                .collect(Collectors.joining(" → "));
    }

    /** Reads a path through the graph, and looks up when each of its steps was started. */
    private static final class Walk {

        private final Deque<String> tokens;
        private final List<String> started;

        Walk(String path, List<String> started) {
            tokens = new ArrayDeque<>(
                    TOKEN.matcher(path).results().map(MatchResult::group).toList());
            this.started = started;
        }

        /** The places of steps of which each waits for those before it. */
        List<Integer> sequence() {
            List<Integer> places = new ArrayList<>();
            int last = -1;
            do {
                String first = tokens.getFirst();
                List<Integer> next = stepOrGroup();
                assertThat(Collections.min(next)).as("%s in %s", first, started).isGreaterThan(last);
                last = Collections.max(next);
                places.addAll(next);
            } while (isNext("→"));
            return places;
        }

        private List<Integer> stepOrGroup() {
            if (!isNext("(")) {
                String step = tokens.removeFirst();
                assertThat(started).contains(step);
                return List.of(started.indexOf(step));
            }
            List<Integer> places = new ArrayList<>();
            do {
                places.addAll(sequence());
            } while (isNext("‖"));
            assertThat(tokens.removeFirst()).isEqualTo(")");
            return places;
        }

        private boolean isNext(String token) {
            boolean isNext = token.equals(tokens.peekFirst());
            if (isNext) {
                tokens.removeFirst();
            }
            return isNext;
        }
    }
}
