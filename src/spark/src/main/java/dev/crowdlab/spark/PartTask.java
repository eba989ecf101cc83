package dev.crowdlab.spark;

import dev.crowdlab.dataset.Period;
import dev.crowdlab.postgres.ConnectionFactory;
import dev.crowdlab.results.PartWriter;
import dev.crowdlab.results.copy.ResultTable;
import java.io.Serializable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Writes one part of the large tables, in an executor. A part that was written before is not written again. */
record PartTask(SharedDatabases databases, String sessionName, RunRows run, int blockRows, Period periods)
        implements Serializable {

    Iterator<Summaries> write(int number, Iterator<AnalyzedPart> parts) throws SQLException {
        List<Summaries> summaries = new ArrayList<>();
        while (parts.hasNext()) {
            AnalyzedPart part = parts.next();
            ConnectionFactory connections = databases.open().result().with("application_name", sessionName);
            for (ResultTable table : part.largeTables(run)) {
                new PartWriter(table.definition(), run.runId()).write(connections, number, table, blockRows);
            }
            summaries.add(part.summaries(periods));
        }
        return summaries.iterator();
    }
}
