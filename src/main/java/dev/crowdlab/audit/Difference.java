package dev.crowdlab.audit;

import java.util.Comparator;

/**
 * Something that is not as a run recorded it.
 *
 * @param dataset the dataset of the run
 * @param runId the run
 * @param table the table of schema crowdlab, without the schema
 * @param fault what is wrong with it, to be read after its name
 */
public record Difference(String dataset, long runId, String table, String fault) {

    /** By dataset, run and table. */
    public static final Comparator<Difference> ORDER = Comparator.comparing(Difference::dataset)
            .thenComparingLong(Difference::runId)
            .thenComparing(Difference::table)
            .thenComparing(Difference::fault);

    /** One sentence that names dataset, run and table. */
    public String sentence() {
        return "Dataset '" + dataset + "', run " + runId + ": table " + table + " " + fault + ".";
    }
}
