package dev.crowdlab.dataset;

import dev.crowdlab.engine.Annotations;
import dev.crowdlab.engine.Predictions;

/**
 * One immutable picture of a dataset's input: external ids by dense index, labels and probabilities as the engine takes
 * them, and the rows that were refused. It depends on the rows, never on the order in which they arrived.
 *
 * @param examples ids of the examples with an accepted annotation, in code-point order
 * @param annotators ids of the annotators with an accepted annotation, in code-point order
 * @param classes the labels, in the order of the classes
 * @param models names of the models, in code-point order; none: the dataset has no predictions
 * @param annotations who gave which label
 * @param predictions [examples × classes] for each model
 * @param unlabeled what is predicted and not annotated
 * @param rejected the refused rows
 * @param counts how many rows went where
 */
public record Dataset(
        IdList examples,
        IdList annotators,
        IdList classes,
        IdList models,
        Annotations annotations,
        Predictions predictions,
        UnlabeledPool unlabeled,
        RejectedRows rejected,
        InputCounts counts) {

    /**
     * Builds the dataset from all rows. The rows are used up, since they would not fit into memory beside it: afterwards only
     * their number and digest are left.
     *
     * @param annotations used up
     * @param predictions used up
     * @param rules what to do with rows that do not fit
     *
     * @throws dev.crowdlab.engine.UnusableInputException if a rule says that the dataset fails, or it is too large
     */
    public static Dataset of(AnnotationRows annotations, PredictionRows predictions, InputRules rules) {
        return new DatasetAssembly(annotations, predictions, rules).assemble();
    }
}
