package dev.crowdlab.engine.correction;

import java.io.Serializable;

/**
 * What a correction is learned from: one example whose class is known. Not modified.
 *
 * @param order what folds and the sample follow from: CRC-32 of the example's id in the high 32 bits, then what tells
 *     equal ones apart
 * @param truth the class that is right
 * @param label the consensus
 * @param posterior [classes] the open posterior of the consensus
 * @param annotators who labeled the example, ascending
 * @param labels [annotators] what they gave
 */
@SuppressWarnings("ArrayRecordComponent") // made for one fit
public record GoldExample(long order, int truth, int label, double[] posterior, int[] annotators, int[] labels)
        implements Serializable {}
