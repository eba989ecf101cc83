package dev.crowdlab.report.figures;

import dev.crowdlab.report.figures.ConsensusFigures.Share;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the examples of a run need: nobody any more, another annotator, or an expert.
 *
 * @param done how many need nobody any more
 * @param ask how many need another label
 * @param expert how many need an expert
 * @param right how often those done by the rule are right, by gold; NaN where nothing tells
 * @param gold how many examples that is measured on
 * @param asked those to ask about by their probability, the least first; empty: that is no longer there
 * @param bought what the labels of the last nights bought; empty: no earlier run had states
 */
public record StateFigures(
        long done, long ask, long expert, Share right, long gold, List<Asked> asked, Optional<Bought> bought) {

    /** For a run without states. */
    public static final StateFigures NONE =
            new StateFigures(0, 0, 0, new Share(Double.NaN, Double.NaN, Double.NaN), 0, List.of(), Optional.empty());

    /** Lists are copied. */
    public StateFigures {
        asked = List.copyOf(asked);
    }

    /** How many examples have a state. */
    public long examples() {
        return done + ask + expert;
    }

    /**
     * Examples to ask about.
     *
     * @param bin 0 for a probability below 0.5, then one more for each that is not less than 0.5, 0.6, 0.65 and so on up to 0.9
     * @param count how many there are
     */
    public record Asked(int bin, long count) {}

    /**
     * What became better since an earlier run.
     *
     * @param runId that run
     * @param asOf its moment
     * @param labels how many labels were added since
     * @param done how many more examples are done, less than 0 if fewer
     * @param before accuracy that it estimated; NaN: unknown
     * @param after accuracy that is estimated now; NaN: unknown
     */
    public record Bought(long runId, Instant asOf, long labels, long done, double before, double after) {}
}
