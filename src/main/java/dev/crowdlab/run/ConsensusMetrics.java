package dev.crowdlab.run;

import dev.crowdlab.engine.Estimates;
import dev.crowdlab.engine.committee.CommitteeEstimates;
import dev.crowdlab.engine.dawidskene.DawidSkeneEstimates;
import dev.crowdlab.engine.gold.GoldAccuracy;
import dev.crowdlab.engine.pass.ConsensusMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the consensus methods compare.
 *
 * @param methods the published one, then the alternatives in the order asked for; empty if there was nothing to analyze
 * @param isUnsettled whether the rounds of Dawid and Skene's method ended because there were too many
 */
public record ConsensusMetrics(List<Method> methods, boolean isUnsettled) {

    /** For a dataset without examples. */
    public static final ConsensusMetrics NONE = new ConsensusMetrics(List.of(), false);

    /** Lists are copied. */
    public ConsensusMetrics {
        methods = List.copyOf(methods);
    }

    /**
     * One method.
     *
     * @param method which one
     * @param equalShare share of examples to which it gives the published label
     * @param accuracy share of right labels that it expects; empty if its scores are no probabilities
     * @param gold how often it equals gold; of no examples if there is none, or if it was fixed to gold
     */
    public record Method(
            ConsensusMethod method, double equalShare, Optional<Accuracy> accuracy, GoldMetrics.Accuracy gold) {

        /** Returns the method's name in settings and tables. */
        public String name() {
            return method.sqlName();
        }

        /** Returns whether a run that asks for no method has it. */
        public boolean isUsual() {
            return method == ConsensusMethod.BEST_QUALITY || method == ConsensusMethod.MAJORITY_VOTE;
        }
    }

    /**
     * An estimate with its 90 % interval; NaN where too few examples have two annotations for one.
     *
     * @param overlap the share of examples with two or more annotations
     */
    public record Accuracy(double estimate, double lower, double upper, double overlap) {

        /** Below this overlap there is none with models. */
        public static final double MIN_OVERLAP = CommitteeEstimates.MIN_OVERLAP;

        /** Returns whether there is an estimate. */
        public boolean isKnown() {
            return !Double.isNaN(estimate);
        }
    }

    static ConsensusMetrics of(Estimates estimates) {
        List<Method> methods = new ArrayList<>();
        for (int place = 0; place < estimates.methods().size(); place++) {
            ConsensusMethod method = estimates.methods().get(place);
            Optional<CommitteeEstimates> committee =
                    method == ConsensusMethod.COMMITTEE ? estimates.committee() : Optional.empty();
            GoldAccuracy gold = estimates.gold().isEmpty()
                    ? new GoldAccuracy(0, 0)
                    : estimates.gold().get().consensus(place);
            methods.add(new Method(
                    method,
                    estimates.review().equalShare(place),
                    committee.map(found -> new Accuracy(
                            found.accuracy(),
                            found.accuracyInterval().lower(),
                            found.accuracyInterval().upper(),
                            found.overlap())),
                    GoldMetrics.Accuracy.of(gold)));
        }
        return new ConsensusMetrics(
                methods,
                !estimates.dawidSkene().map(DawidSkeneEstimates::isConverged).orElse(true));
    }
}
