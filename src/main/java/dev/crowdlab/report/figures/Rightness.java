package dev.crowdlab.report.figures;

import dev.crowdlab.report.figures.ConsensusFigures.Method;
import dev.crowdlab.report.figures.ConsensusFigures.Share;
import java.util.Optional;

/**
 * How many of the published labels are right.
 *
 * @param basis how that is known
 * @param share of right labels, with its 90 % interval; NaN: unknown
 * @param checked how many labels were compared with gold
 * @param labels how many labels are published
 */
public record Rightness(Basis basis, Share share, long checked, long labels) {

    /** With fewer gold labels a share of them says nothing. */
    public static final int FEWEST = 20;

    /** How it is known. */
    public enum Basis {
        /** Labels were compared with gold. */
        GOLD,
        /** The published method expects it. */
        ESTIMATE,
        UNKNOWN
    }

    /** Gold, where there is enough of it, before the estimate of the published method. */
    public static Rightness of(ConsensusFigures consensus, long labels) {
        Optional<Method> published =
                consensus.methods().stream().filter(Method::isPublished).findFirst();
        long checked = published.map(Method::goldCount).orElse(0L);
        Share unknown = new Share(Double.NaN, Double.NaN, Double.NaN);
        Share gold = published.map(Method::gold).orElse(unknown);
        Share estimated = published.map(Method::estimated).orElse(unknown);
        if (checked >= FEWEST && !Double.isNaN(gold.value())) {
            return new Rightness(Basis.GOLD, gold, checked, labels);
        }
        return Double.isNaN(estimated.value())
                ? new Rightness(Basis.UNKNOWN, unknown, checked, labels)
                : new Rightness(Basis.ESTIMATE, estimated, checked, labels);
    }

    /** About how many labels are wrong. */
    public long wrong() {
        return Math.round((1 - share.value()) * labels);
    }

    /** How many at most, by the interval. */
    public long wrongAtMost() {
        return Math.round((1 - share.lower()) * labels);
    }
}
