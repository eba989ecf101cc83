package dev.crowdlab.checks;

import dev.crowdlab.settings.DatasetSettings;
import dev.crowdlab.text.Plural;

/** Whether the tables of a run exist, to which findings refer. */
enum RunTables {

    /** They are written. */
    WRITTEN,

    /** They are not: a dry run writes nothing. */
    NOT_WRITTEN;

    /** That a dataset has no row of annotations, as a sentence without its end. */
    static String noAnnotations(DatasetSettings dataset) {
        return dataset.isBuiltIn()
                ? "Table crowdlab.annotation has no row of the dataset"
                : dataset.tables() == null
                        ? "The annotations-query returned no rows"
                        : "The annotations-table has no rows";
    }

    /** The advice to look for something among the rejected rows, as a clause. */
    String lookForRejected(String what) {
        return this == WRITTEN ? "look at rejected_row for " + what : wouldHave(what);
    }

    /** What to do if too many rows are rejected, as a clause. */
    String correctRejected() {
        String correct = "correct the rows or raise the limit";
        return this == WRITTEN
                ? "look at rejected_row for the reasons, " + correct
                : correct + "; " + wouldHave("the reasons");
    }

    /** That something is among the rejected rows, as a clause. */
    String haveRejected(String what) {
        return this == WRITTEN ? "rejected_row has " + what : wouldHave(what);
    }

    /** Where to see what was rejected, as a sentence. */
    String seeRejected() {
        return this == WRITTEN ? "The rows are in rejected_row." : "A run would store the rows in rejected_row.";
    }

    private static String wouldHave(String what) {
        return "a run would store " + what + " in rejected_row";
    }

    /** What to do if predictions are missing, as a clause. */
    String checkModel() {
        String rejected = "predictions that were rejected";
        return "check whether the model has run"
                + (this == WRITTEN ? ", and at rejected_row for " + rejected : "; " + wouldHave(rejected));
    }

    /**
     * Where to begin with labeling, as a clause.
     *
     * @param predictedCount the examples that have predictions and no label
     */
    String beginLabeling(long predictedCount) {
        String examples = Plural.word(predictedCount, "the predicted one", "the " + predictedCount + " predicted ones");
        if (this == NOT_WRITTEN) {
            return "a run would list " + examples + " in label_next";
        }
        return predictedCount == 1
                ? "begin with " + examples + ", in label_next"
                : "label_next shows which of " + examples + " to begin with";
    }

    /** The advice to look at labels that changed, as a clause. */
    String lookAtChanges() {
        return this == WRITTEN ? "look at label_change" : "a run would store them in label_change";
    }
}
