package dev.crowdlab.dataset;

import java.time.Instant;
import java.util.Optional;

/**
 * Numbers of rows by outcome: annotations read = analyzed + collapsed + rejected.
 *
 * @param annotationRows annotation rows read
 * @param predictionRows prediction rows read
 * @param collapsed repeated annotations with the same label
 * @param renormalized predictions that were divided by their sum
 * @param unlabeled examples with usable predictions but no accepted annotation
 * @param partlyPredicted examples without accepted annotation that have usable predictions, but not of every model
 * @param uniform annotated examples whose missing prediction was replaced by a uniform one
 * @param unpredicted annotated examples that were rejected because a prediction is missing
 * @param newestAnnotation the greatest finite annotated_at of the annotations with ids and label; empty if there is none
 */
public record InputCounts(
        long annotationRows,
        long predictionRows,
        long collapsed,
        long renormalized,
        long unlabeled,
        long partlyPredicted,
        long uniform,
        long unpredicted,
        Optional<Instant> newestAnnotation) {}
