package dev.crowdlab.publication;

import dev.crowdlab.results.ResultTableDefinitions;
import dev.crowdlab.run.RunLedger;
import dev.crowdlab.run.RunLedger.PublishedRun;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The run of the dataset that was published before.
 *
 * @param published empty if there is none
 * @param lostTables large tables that it has lost
 */
public record Predecessor(Optional<PublishedRun> published, List<String> lostTables) {

    /** Lists are copied. */
    public Predecessor {
        lostTables = List.copyOf(lostTables);
    }

    /** Looks it up. */
    public static Predecessor of(DataSource dataSource, String dataset) {
        Optional<PublishedRun> published = new RunLedger(dataSource).published(dataset);
        return new Predecessor(
                published,
                published
                        .map(before -> new PublishedTables(dataSource).lost(before.runId()))
                        .orElse(List.of()));
    }

    /** The run published before, if its labels still exist for comparison. */
    public Optional<PublishedRun> comparable() {
        return published.filter(before -> !lostTables.contains(ResultTableDefinitions.LABEL_QUALITY.name()));
    }
}
