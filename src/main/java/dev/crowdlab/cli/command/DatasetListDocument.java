package dev.crowdlab.cli.command;

import dev.crowdlab.run.RunHistory;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The output of {@code datasets} for scripts.
 *
 * @param datasets by name
 */
public record DatasetListDocument(List<Entry> datasets) {

    public DatasetListDocument {
        datasets = List.copyOf(datasets);
    }

    /**
     * A dataset and its published run.
     *
     * @param input {@code queries}, {@code built-in tables}, or {@code no longer found}
     * @param runId null, like the other components, if nothing is published
     */
    record Entry(
            String dataset,
            String input,
            @Nullable Long runId,
            @Nullable Instant asOf,
            @Nullable Long numExamples) {

        static Entry of(String dataset, String input, RunHistory.@Nullable Line published) {
            return published == null
                    ? new Entry(dataset, input, null, null, null)
                    : new Entry(
                            dataset,
                            input,
                            published.runId(),
                            published.asOf(),
                            RunListDocument.number(published.exampleCount()));
        }
    }
}
