package dev.crowdlab.dataset;

import dev.crowdlab.engine.Annotations;
import dev.crowdlab.engine.Predictions;

/**
 * The immutable input of one analysis: external ids by dense index, labels and probabilities in the form that the engine takes,
 * and the rejected rows. It depends on the rows but not on the order in which they arrived.
 *
 * @param examples ids of the examples with an accepted annotation, in code-point order
 * @param annotators ids of the annotators with an accepted annotation, in code-point order
 * @param classes the labels, in the order of the classes
 * @param models names of the models, in code-point order; empty if the dataset has no predictions
 * @param annotations who gave which label
 * @param times when these labels were given
 * @param predictions [examples × classes] for each model
 * @param unlabeled examples with predictions but without annotations
 * @param rejected the rejected rows
 * @param counts numbers of rows by outcome
 */
public record Dataset(
        IdList examples,
        IdList annotators,
        IdList classes,
        IdList models,
        Annotations annotations,
        AnnotationTimes times,
        Predictions predictions,
        UnlabeledPool unlabeled,
        RejectedRows rejected,
        InputCounts counts) {

    /**
     * Builds the dataset from all rows. The rows are consumed, since they would not fit into memory next to the dataset:
     * afterwards only their number and digest are left.
     *
     * @param annotations consumed
     * @param predictions consumed
     * @param rules which rows to reject
     * @throws dev.crowdlab.engine.UnusableInputException if a rule fails the dataset, or it is too large
     */
    public static Dataset of(AnnotationRows annotations, PredictionRows predictions, InputRules rules) {
        return new DatasetAssembly(annotations, predictions, rules).assemble();
    }
}
