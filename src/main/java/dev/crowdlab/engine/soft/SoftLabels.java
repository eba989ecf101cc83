package dev.crowdlab.engine.soft;

import dev.crowdlab.engine.numeric.Grid;
import dev.crowdlab.engine.pass.Slice;
import dev.crowdlab.engine.quality.PublishedPosterior;
import java.io.Serializable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the next person would say, whoever it is: for example i with n_i annotations, V_i[l] of them of class l,
 *
 * <pre>
 *   s_i = ½ F_i G + ½ votes_i
 *   votes_i[l] = (V_i[l] + 2 share_l) / (n_i + 2)
 *   G[k, l] is proportional to  sum over annotations of F_i[k] [label is l]  +  share_l,  rows sum to 1
 * </pre>
 *
 * <p>where F_i is the open posterior of the committee and share_l the share of class l among all labels. It answers another question than the posterior, which says what is true. With
 * more than {@link #MAX_CLASSES} classes, or where no example has two annotations, it is votes_i. Classes that nobody ever gave have probability 0. Sums are made of integers in units of
 * 2^-30. Immutable; safe for use by many threads, each with a {@link SoftLabelReader} of its own.
 */
public final class SoftLabels implements Serializable {

    /** The maximum number of classes for F G. */
    public static final int MAX_CLASSES = 64;

    /** [classes] */
    private final double[] shares;
    /** [true classes × classes] G; empty if not known. */
    private final double[] pooled;

    private final @Nullable PublishedPosterior open;

    private SoftLabels(double[] shares, double[] pooled, @Nullable PublishedPosterior open) {
        this.shares = shares;
        this.pooled = pooled;
        this.open = open;
    }

    /**
     * Returns what follows from votes and posteriors.
     *
     * @param votesByClass [classes] all labels; not modified
     * @param cells [classes × true classes] sums of F_i[k] over the annotations of each class, in units of 2^-30; not modified
     * @param open F
     */
    public static SoftLabels of(long[] votesByClass, long[] cells, PublishedPosterior open) {
        double[] shares = shares(votesByClass);
        return new SoftLabels(shares, pooled(shares, cells), open);
    }

    /** Returns G. */
    private static double[] pooled(double[] shares, long[] cells) {
        int classCount = shares.length;
        double[] pooled = new double[classCount * classCount];
        for (int truth = 0; truth < classCount; truth++) {
            long total = 0;
            for (int label = 0; label < classCount; label++) {
                total += cells[label * classCount + truth];
            }
            for (int label = 0; label < classCount; label++) {
                pooled[truth * classCount + label] =
                        (cells[label * classCount + truth] * Grid.UNIT + shares[label]) / (total * Grid.UNIT + 1);
            }
        }
        return pooled;
    }

    /** Returns what {@link #pooled(int, int)} follows from, for no slice. */
    static SoftLabels ofCells(long[] votesByClass, long[] cells) {
        double[] shares = shares(votesByClass);
        return new SoftLabels(shares, pooled(shares, cells), null);
    }

    /**
     * Returns what follows from votes alone.
     *
     * @param votesByClass [classes] all labels; not modified
     */
    public static SoftLabels ofVotes(long[] votesByClass) {
        return new SoftLabels(shares(votesByClass), new double[0], null);
    }

    private static double[] shares(long[] votesByClass) {
        double total = Arrays.stream(votesByClass).sum();
        return Arrays.stream(votesByClass).mapToDouble(votes -> votes / total).toArray();
    }

    /** Returns whether soft labels are more than smoothed votes. */
    public boolean areForecasts() {
        return open != null;
    }

    /** Returns the number of classes. */
    public int classCount() {
        return shares.length;
    }

    /** Returns the share of a class among all labels, in [0, 1]. */
    public double share(int label) {
        return shares[label];
    }

    /**
     * Returns G: how often people give a class where another is true, in [0, 1].
     *
     * @throws ArrayIndexOutOfBoundsException unless {@link #areForecasts}
     */
    public double pooled(int truth, int label) {
        return pooled[truth * shares.length + label];
    }

    /** Returns F of every example; null unless {@link #areForecasts}. */
    @Nullable
    PublishedPosterior open() {
        return open;
    }

    /**
     * Returns what computes the soft labels of a slice, for one thread.
     *
     * @param slice as the analysis left it
     */
    public SoftLabelReader on(Slice slice) {
        return new SoftLabelReader(this, slice);
    }
}
