package dev.crowdlab.engine.machine;

import dev.crowdlab.engine.committee.AccuracyEstimate;
import dev.crowdlab.engine.committee.CommitteeConsensusPass;
import dev.crowdlab.engine.committee.CommitteeEstimates;
import dev.crowdlab.engine.committee.CommitteeFit;
import dev.crowdlab.engine.correction.GoldCorrection;
import dev.crowdlab.engine.correction.GoldExamples;
import dev.crowdlab.engine.correction.GoldSource;
import dev.crowdlab.engine.correction.Voters;
import dev.crowdlab.engine.pass.ExactMean;
import dev.crowdlab.engine.pass.PassRunner;
import dev.crowdlab.engine.pass.Slice;
import dev.crowdlab.engine.quality.Interval;
import dev.crowdlab.engine.quality.PublishedPosterior;
import dev.crowdlab.engine.vote.Vote;
import dev.crowdlab.engine.vote.Votes;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Machines measured against the committee of people: steps 1 to 5 and 7 of {@link MachinePanel}. Immutable; safe for use
 * by many threads.
 */
public final class Anchor implements Serializable {

    /** How many examples must have labels of two people, so that machines can be judged by them. */
    public static final int MIN_ANCHORS = 50;

    private static final long MIN_OVERLAP = 30;
    private static final long MIN_COMMON = 10;
    private static final int MAX_CLASSES = 64;

    private final MachinePanel result;
    private final @Nullable Panel panel;

    private Anchor(MachinePanel result, @Nullable Panel panel) {
        this.result = result;
        this.panel = panel;
    }

    /**
     * Measures no machine: each is an annotator like people, and gold measures what they all say.
     *
     * @param anchors examples with labels of two people or more
     */
    public static Anchor byGold(long anchors) {
        return new Anchor(MachinePanel.refused(PanelStatus.BY_GOLD, anchors), null);
    }

    /**
     * Fits the committee of people, measures machines against it, and adds the panel to the models of the slices.
     *
     * @param passes over {@link MachineSplit#people}; not to be used again unless by {@link #withModels}
     */
    public static Anchor of(PassRunner passes, Machines machines) {
        Vote vote = Vote.of(passes);
        Votes votes = vote.counts();
        long anchors = votes.multiExampleCount();
        if (passes.dimensions().classCount() > MAX_CLASSES) {
            return new Anchor(MachinePanel.refused(PanelStatus.TOO_MANY_CLASSES, anchors), null);
        }
        if (anchors < MIN_ANCHORS) {
            return new Anchor(MachinePanel.refused(PanelStatus.NO_ANCHOR, anchors), null);
        }
        CommitteeEstimates committee =
                new CommitteeFit(passes, votes).run(new CommitteeConsensusPass.Kept(false, true, false));
        PublishedPosterior open = committee.openPosterior().orElseThrow();
        int[] places = new int[votes.annotatorCount()];
        int compared = 0;
        for (int person = 0; person < places.length; person++) {
            places[person] = votes.labelCount(person) >= AlternativeTest.MIN_LABELS ? compared++ : -1;
        }
        MachineSums sums = passes.run("machines", new MachinePass(open, machines.machineCount(), places, compared));
        boolean[] isUsed = new boolean[machines.machineCount()];
        for (int machine = 0; machine < isUsed.length; machine++) {
            isUsed[machine] = sums.overlap[machine] >= MIN_OVERLAP;
        }
        List<MachinePair> pairs = pairs(sums, isUsed.length);
        double rho = rho(pairs, isUsed);
        List<MachineEstimate> estimates = estimates(sums, machines, isUsed, committee.meanQuality());
        boolean isAny = estimates.stream().anyMatch(estimate -> estimate.status() == MachineStatus.USED);
        if (!isAny) {
            return new Anchor(MachinePanel.of(PanelStatus.NO_MACHINES, anchors, estimates, pairs, rho), null);
        }
        Panel panel = new Panel(sums, isUsed, rho);
        passes.run("panel", new PanelPass(panel, open));
        Confidence confidence = Confidence.of(passes);
        return new Anchor(
                MachinePanel.of(PanelStatus.ANCHORED, anchors, estimates, pairs, rho)
                        .withConfidence(confidence),
                panel);
    }

    /** Returns the slice with the models that wait in a column, the panel behind them if there is one. */
    public static Slice withModels(Slice slice) {
        return slice.withPredictions(slice.get(MachineSplit.MODELS))
                .without(MachineSplit.MODELS)
                .without(PanelPass.LOGIT)
                .without(PanelPass.TARGET);
    }

    /** Returns what was found out about machines. */
    public MachinePanel result() {
        return result;
    }

    /** Returns whether the machine's labels are used. */
    public boolean isUsed(int machine) {
        return panel != null && panel.isUsed(machine);
    }

    /**
     * Labels the examples that only machines labeled, see {@link AlonePass}; nothing is written without a panel.
     *
     * @param passes over {@link MachineSplit#alone}
     * @return the mean probability of their labels
     */
    public ExactMean label(PassRunner passes) {
        return panel != null ? passes.run("machinesAlone", new AlonePass(panel, result.confidence())) : new ExactMean();
    }

    /**
     * Returns what a correction by gold is learned from besides the gold of people's examples: the votes of people and of
     * the machines used, and the gold of examples that only machines labeled.
     *
     * @param passes over {@link MachineSplit#alone}, after {@link #label}
     * @param labeled how many of them have a label
     */
    public GoldSource goldSource(PassRunner passes, Machines machines, long labeled) {
        Voters voters = new PanelVoters(machines, panel);
        GoldExamples gold =
                panel != null ? passes.run("goldAlone", new AloneGoldPass(panel, voters)) : new GoldExamples();
        return new GoldSource(voters, gold, labeled);
    }

    /**
     * Corrects the labels that {@link #label} wrote; nothing is written without a panel.
     *
     * @param passes over {@link MachineSplit#alone}
     * @return the mean probability of those without gold
     */
    public ExactMean correct(PassRunner passes, GoldCorrection correction, Voters voters) {
        return panel != null
                ? passes.run("correctAlone", new AloneCorrectionPass(panel, correction, voters))
                : new ExactMean();
    }

    private static List<MachinePair> pairs(MachineSums sums, int machineCount) {
        List<MachinePair> pairs = new ArrayList<>();
        for (int second = 1; second < machineCount; second++) {
            for (int first = 0; first < second; first++) {
                int start = MachineSums.pair(first, second);
                pairs.add(new MachinePair(first, second, sums.pairs[start], phi(sums.pairs, start)));
            }
        }
        return pairs;
    }

    /** Returns phi of two machines' errors from integers; NaN where it is not defined. */
    private static double phi(long[] counts, int start) {
        long count = counts[start];
        long first = counts[start + 1];
        long second = counts[start + 2];
        if (count < MIN_COMMON || first == 0 || first == count || second == 0 || second == count) {
            return Double.NaN;
        }
        double covariance = count * counts[start + 3] - first * second;
        return covariance / Math.sqrt((double) (first * (count - first)) * (double) (second * (count - second)));
    }

    /** Returns the mean correlation of machines that are used, in [0, 1]; 1 where none is defined. */
    private static double rho(List<MachinePair> pairs, boolean[] isUsed) {
        double[] defined = pairs.stream()
                .filter(pair -> isUsed[pair.first()] && isUsed[pair.second()])
                .mapToDouble(MachinePair::errorCorrelation)
                .filter(phi -> !Double.isNaN(phi))
                .toArray();
        return defined.length == 0
                ? 1
                : Math.max(0, Math.min(1, Arrays.stream(defined).sum() / defined.length));
    }

    private static List<MachineEstimate> estimates(
            MachineSums sums, Machines machines, boolean[] isUsed, double accuracy) {
        List<MachineEstimate> estimates = new ArrayList<>();
        int stride = sums.tests.length / Math.max(1, isUsed.length);
        for (int machine = 0; machine < isUsed.length; machine++) {
            long overlap = sums.overlap[machine];
            AccuracyEstimate estimate = overlap == 0
                    ? new AccuracyEstimate(Double.NaN, new Interval(Double.NaN, Double.NaN))
                    : AccuracyEstimate.of(
                            sums.probabilities(machine), sums.variances(machine), overlap, sums.base(), accuracy);
            estimates.add(new MachineEstimate(
                    machines.annotatorOfMachine(machine),
                    machines.family(machine),
                    overlap,
                    estimate.mean(),
                    estimate.interval(),
                    overlap == 0
                            ? AlternativeTest.none(AltVerdict.NO_OVERLAP)
                            : AlternativeTest.of(
                                    sums.tests, machine * stride, (machine + 1) * stride, machines.tolerance()),
                    isUsed[machine] ? MachineStatus.USED : MachineStatus.NO_OVERLAP));
        }
        return estimates;
    }
}
