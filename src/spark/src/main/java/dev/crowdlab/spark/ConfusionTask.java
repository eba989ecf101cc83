package dev.crowdlab.spark;

import dev.crowdlab.dataset.DatasetNames;
import dev.crowdlab.engine.annotator.ConfusionCounts;
import dev.crowdlab.results.PartWriter;
import dev.crowdlab.results.SummaryTables;
import java.io.Serializable;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Iterator;

/** Writes the confusion of some annotators, in an executor. A part that was written before is not written again. */
record ConfusionTask(SharedDatabases databases, String sessionName, PartWriter writer, int blockRows)
        implements Serializable {

    Iterator<Integer> write(int number, Iterator<ConfusionCounts> counts, DatasetNames names) throws SQLException {
        while (counts.hasNext()) {
            writer.write(
                    databases.open().result().with("application_name", sessionName),
                    number,
                    SummaryTables.annotatorConfusion(writer.runId(), names, counts.next()),
                    blockRows);
        }
        return Collections.emptyIterator();
    }
}
