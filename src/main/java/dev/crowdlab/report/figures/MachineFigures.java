package dev.crowdlab.report.figures;

import dev.crowdlab.engine.machine.LabelSource;
import dev.crowdlab.report.figures.AnnotatorFigures.Interval;
import java.util.List;
import java.util.Optional;

/**
 * What machines among the annotators are worth, and what gold did to the labels.
 *
 * @param panel of all machines; empty: the run declares none
 * @param machines the best first; empty: none of them labeled anything
 * @param pairs of machines
 * @param sources whose labels the published ones rest on
 * @param correction by gold; empty: none was asked for
 * @param weights of the correction, the largest first, at most {@value #MAX_WEIGHTS}
 */
public record MachineFigures(
        Optional<Panel> panel,
        List<Machine> machines,
        List<Pair> pairs,
        List<Source> sources,
        Optional<Correction> correction,
        List<Weight> weights) {

    public static final int MAX_WEIGHTS = 8;

    /** For a run without machines and without a correction by gold. */
    public static final MachineFigures NONE =
            new MachineFigures(Optional.empty(), List.of(), List.of(), List.of(), Optional.empty(), List.of());

    /** Lists are copied. */
    public MachineFigures {
        machines = List.copyOf(machines);
        pairs = List.copyOf(pairs);
        sources = List.copyOf(sources);
        weights = List.copyOf(weights);
    }

    /** The labels that rest on machines alone; empty: none does. */
    public Optional<Source> ofMachinesAlone() {
        return sources.stream()
                .filter(source -> source.code().equals(LabelSource.MACHINES.name()))
                .findFirst();
    }

    /**
     * All machines together.
     *
     * @param size machines in it
     * @param correlation mean of their errors; NaN: there is none
     * @param votes what they are worth in independent votes; NaN: nothing
     * @param weight in the consensus; NaN: unknown
     * @param status why it takes part, or why not
     * @param anchors examples with labels of two people
     */
    public record Panel(int size, double correlation, double votes, double weight, String status, long anchors) {}

    /**
     * A machine.
     *
     * @param id as an annotator
     * @param family that it belongs to; empty: unknown
     * @param overlap examples that people labeled too
     * @param accuracy share of right labels with its interval; NaN: unknown
     * @param omega share of the people whom it may replace; NaN: unknown
     * @param advantage share of the examples on which it is at least as good as a person; NaN: unknown
     * @param verdict of the test; empty: none was made
     * @param status whether it is used
     */
    public record Machine(
            String id,
            String family,
            long overlap,
            Interval accuracy,
            double omega,
            double advantage,
            String verdict,
            String status) {

        public boolean isUsed() {
            return status.equals("USED");
        }

        public boolean mayReplace() {
            return verdict.equals("PASS");
        }
    }

    /** Two machines, the examples that people and both labeled, and the correlation of their errors; NaN: unknown. */
    public record Pair(String first, String second, long common, double correlation) {}

    /** HUMANS, MIXED or MACHINES, how many labels rest on them, and their mean quality. */
    public record Source(String code, long labels, double quality) {}

    /**
     * The correction by gold.
     *
     * @param status CHANGED, KEPT or TOO_LITTLE_GOLD
     * @param strength with which it was held to the consensus; NaN: labels did not change
     * @param wins gold examples on which it alone is right; negative: it was not tried
     * @param losses gold examples on which the consensus alone is right
     * @param gold labels used
     * @param accuracy of the published labels with its interval; NaN: unknown
     */
    public record Correction(String status, double strength, long wins, long losses, long gold, Interval accuracy) {}

    /** A weight of the correction: its feature, and the class or annotator that it is about, or nothing. */
    public record Weight(String feature, String label, String annotator, double weight) {}
}
