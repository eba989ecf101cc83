package dev.crowdlab.engine.correction;

import dev.crowdlab.engine.numeric.Logarithm;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * What a correction looks at, for class k of example i: ln max(F_i[k], 1e-5), ln((V_i[k] + 0.3) / (V_i + 0.3 K)) with V
 * votes, a constant for each class, and for each of at most 32 annotators with 30 gold labels or more whether the vote is
 * k. Weights are numbered in this order. Immutable; safe for use by many threads.
 */
final class Features implements Serializable {

    /** Where the constants of classes start. */
    static final int FIRST_CLASS = 2;

    static final double SLOPE = 0.34;
    private static final double SLOPE_PENALTY = 4;
    private static final double SHARE_PENALTY = 4;
    private static final double CLASS_PENALTY = 2;
    private static final double VOTE_PENALTY = 3;
    private static final int MIN_LABELS = 30;
    private static final int MAX_ANNOTATORS = 32;
    private static final double SMOOTHING = 0.3;
    private static final double FLOOR = 1e-5;

    final int classCount;
    /** Annotators with a weight of their own, most gold labels first. */
    final int[] annotators;
    /** [annotators of the data set] the place in those, -1 for none. */
    private final int[] places;

    Features(Collection<GoldExample> gold, int classCount, int annotatorCount) {
        this.classCount = classCount;
        int[] counts = new int[annotatorCount];
        for (GoldExample example : gold) {
            for (int annotator : example.annotators()) {
                counts[annotator]++;
            }
        }
        List<Integer> frequent = new ArrayList<>();
        for (int annotator = 0; annotator < annotatorCount; annotator++) {
            if (counts[annotator] >= MIN_LABELS) {
                frequent.add(annotator);
            }
        }
        frequent.sort((one, other) ->
                counts[one] != counts[other] ? counts[other] - counts[one] : Integer.compare(one, other));
        annotators = frequent.stream()
                .limit(MAX_ANNOTATORS)
                .mapToInt(Integer::intValue)
                .toArray();
        places = new int[annotatorCount];
        Arrays.fill(places, -1);
        for (int place = 0; place < annotators.length; place++) {
            places[annotators[place]] = place;
        }
    }

    /** Returns the number of weights. */
    int count() {
        return FIRST_CLASS + classCount + annotators.length;
    }

    /** Returns what the weight is drawn to. */
    static double center(int weight) {
        return weight == 0 ? SLOPE : 0;
    }

    /** Returns how strongly. */
    double penalty(int weight, double strength) {
        if (weight == 0) {
            return SLOPE_PENALTY;
        }
        double penalty = weight == 1 ? SHARE_PENALTY : weight < FIRST_CLASS + classCount ? CLASS_PENALTY : VOTE_PENALTY;
        return penalty * strength;
    }

    /** Returns the features of an example. */
    Row row(double[] posterior, int[] voters, int[] votes, int voteCount) {
        double[] logs = new double[classCount];
        double[] shares = new double[classCount];
        int[] weights = new int[voteCount];
        int[] classes = new int[voteCount];
        int count = 0;
        Arrays.fill(shares, SMOOTHING);
        for (int vote = 0; vote < voteCount; vote++) {
            shares[votes[vote]] += 1;
            if (places[voters[vote]] >= 0) {
                weights[count] = FIRST_CLASS + classCount + places[voters[vote]];
                classes[count++] = votes[vote];
            }
        }
        for (int label = 0; label < classCount; label++) {
            logs[label] = Logarithm.of(Math.max(FLOOR, Math.min(1, posterior[label])));
            shares[label] = Logarithm.of(shares[label] / (voteCount + SMOOTHING * classCount));
        }
        return new Row(logs, shares, Arrays.copyOf(weights, count), Arrays.copyOf(classes, count));
    }

    Row row(GoldExample example) {
        return row(example.posterior(), example.annotators(), example.labels(), example.labels().length);
    }

    /** The features of one example: two dense ones, and the votes that have weights, each with its class. */
    @SuppressWarnings("ArrayRecordComponent")
    record Row(double[] logs, double[] shares, int[] weights, int[] classes) {

        /** Writes the weighted sums; returns the highest. */
        double score(double[] w, double[] scores) {
            for (int label = 0; label < logs.length; label++) {
                scores[label] = w[0] * logs[label] + w[1] * shares[label] + w[FIRST_CLASS + label];
            }
            for (int vote = 0; vote < weights.length; vote++) {
                scores[classes[vote]] += w[weights[vote]];
            }
            double highest = scores[0];
            for (double score : scores) {
                highest = Math.max(highest, score);
            }
            return highest;
        }
    }
}
