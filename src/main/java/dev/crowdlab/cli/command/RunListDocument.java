package dev.crowdlab.cli.command;

import dev.crowdlab.run.RunHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The output of {@code runs} for scripts.
 *
 * @param runs newest first
 */
public record RunListDocument(List<Entry> runs) {

    public RunListDocument {
        runs = List.copyOf(runs);
    }

    // more components: one for each documented key of the JSON
    record Entry(
            long runId,
            String dataset,
            Instant asOf,
            String status,
            boolean isCurrent,
            @Nullable Boolean becameCurrent,
            Instant startedAt,
            Duration duration,
            @Nullable Long numExamples,
            @Nullable Long numAnnotations,
            @Nullable Long numRejected,
            @Nullable String reason) {}

    static RunListDocument of(List<RunHistory.Line> runs) {
        return new RunListDocument(runs.stream()
                .map(run -> new Entry(
                        run.runId(),
                        run.dataset(),
                        run.asOf(),
                        run.status(),
                        run.isCurrent(),
                        run.becameCurrent().orElse(null),
                        run.startedAt(),
                        run.duration(),
                        number(run.exampleCount()),
                        number(run.annotationCount()),
                        number(run.rejectedCount()),
                        run.reason().orElse(null)))
                .toList());
    }

    static @Nullable Long number(OptionalLong count) {
        return count.isPresent() ? count.getAsLong() : null;
    }
}
