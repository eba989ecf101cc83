package dev.crowdlab.run;

import static java.util.Comparator.comparingDouble;

import dev.crowdlab.dataset.DatasetNames;
import dev.crowdlab.engine.Estimates;
import dev.crowdlab.engine.share.ClassShare;
import dev.crowdlab.engine.share.ClassShares;
import dev.crowdlab.engine.share.ShareEstimates;
import dev.crowdlab.engine.share.ShareRefusal;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How the counted shares of classes compare with those that gold corrects, of the whole dataset.
 *
 * @param goldCount gold labels that would correct them
 * @param distance of the mean quality of their examples from that of all, in standard errors, where they were not drawn
 *     at random; else NaN
 * @param off classes whose counted share is outside the interval of the corrected one, the greatest difference first
 */
public record ShareMetrics(long goldCount, double distance, List<Off> off) {

    /** Without gold. */
    public static final ShareMetrics NONE = new ShareMetrics(0, Double.NaN, List.of());

    /** Lists are copied. */
    public ShareMetrics {
        off = List.copyOf(off);
    }

    /** A class whose counted share is outside the 90 % interval of its corrected share. */
    public record Off(String label, double counted, double corrected, double lower, double upper) {

        /** How far the counted share is from the corrected one. */
        public double difference() {
            return Math.abs(counted - corrected);
        }
    }

    /** Whether gold was not drawn at random, so that nothing is corrected. */
    public boolean isNotRandom() {
        return !Double.isNaN(distance);
    }

    static ShareMetrics of(DatasetNames names, Estimates estimates) {
        return estimates.shares().map(found -> of(names, found)).orElse(NONE);
    }

    private static ShareMetrics of(DatasetNames names, ShareEstimates found) {
        ClassShares shares = found.dataset();
        boolean isNotRandom =
                shares.refusal().filter(ShareRefusal.GOLD_NOT_RANDOM::equals).isPresent();
        return new ShareMetrics(
                shares.goldCount(), isNotRandom ? Math.abs(found.randomness()) : Double.NaN, off(names, shares));
    }

    private static List<Off> off(DatasetNames names, ClassShares shares) {
        return IntStream.range(0, shares.classCount())
                .filter(label -> shares.share(label).isCountOff())
                .mapToObj(label -> off(names.classes().text(label), shares.share(label)))
                .sorted(comparingDouble(Off::difference).reversed())
                .toList();
    }

    private static Off off(String label, ClassShare share) {
        return new Off(label, share.counted(), share.estimate(), share.lower(), share.upper());
    }
}
