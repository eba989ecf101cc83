package dev.crowdlab.audit;

import java.util.Comparator;

/**
 * A difference from what was recorded.
 *
 * @param dataset the dataset of the run; empty if it is about the catalog and not a run
 * @param runId the run
 * @param table the table in schema crowdlab, without the schema
 * @param fault what is wrong with it, as the predicate of a sentence whose subject is the table
 */
public record IntegrityViolation(String dataset, long runId, String table, String fault) {

    /** By dataset, run and table. */
    public static final Comparator<IntegrityViolation> ORDER = Comparator.comparing(IntegrityViolation::dataset)
            .thenComparingLong(IntegrityViolation::runId)
            .thenComparing(IntegrityViolation::table)
            .thenComparing(IntegrityViolation::fault);

    /**
     * Creates a violation in the catalog that belongs to no run.
     *
     * @param object its kind and name, capitalized as the beginning of a sentence
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
