package dev.crowdlab.audit;

import java.util.Comparator;

/**
 * Something that is not as a run recorded it.
 *
 * @param dataset the dataset of the run; empty: it is about the catalog, and no run
 * @param runId the run
 * @param table the table of schema crowdlab, without the schema
 * @param fault what is wrong with it, to be read after its name
 */
public record IntegrityViolation(String dataset, long runId, String table, String fault) {

    /** By dataset, run and table. */
    public static final Comparator<IntegrityViolation> ORDER = Comparator.comparing(IntegrityViolation::dataset)
            .thenComparingLong(IntegrityViolation::runId)
            .thenComparing(IntegrityViolation::table)
            .thenComparing(IntegrityViolation::fault);

    /**
     * Something in the catalog that no run is about.
     *
     * @param object what it is, a word and a name, beginning with a capital
     */
    public static IntegrityViolation ofCatalog(String object, String fault) {
        return new IntegrityViolation("", 0, object, fault);
    }

    /** One sentence that names dataset, run and table. */
    public String sentence() {
        if (dataset.isEmpty()) {
            return table + " " + fault + ".";
        }
        return "Dataset '" + dataset + "', run " + runId + ": table " + table + " " + fault + ".";
    }
}
