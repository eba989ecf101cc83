package dev.crowdlab.dataset;

/**
 * How many rows went where: annotations read = analysed + collapsed + refused.
 *
 * @param annotationRows annotation rows read
 * @param predictionRows prediction rows read
 * @param collapsed repeats of an annotation with an equal label
 * @param renormalized predictions that were divided by their sum
 * @param unlabeled examples with usable predictions but no accepted annotation
 * @param uniform annotated examples whose missing prediction was taken to be uniform
 */
public record InputCounts(
        long annotationRows, long predictionRows, long collapsed, long renormalized, long unlabeled, long uniform) {}
