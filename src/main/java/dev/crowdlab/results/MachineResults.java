package dev.crowdlab.results;

import dev.crowdlab.dataset.AnnotatorKinds;
import dev.crowdlab.dataset.Dataset;
import dev.crowdlab.dataset.GoldLabels;
import dev.crowdlab.dataset.Period;
import dev.crowdlab.dataset.id.IdList;
import dev.crowdlab.engine.MachineAnalysis;
import dev.crowdlab.engine.machine.LabelSource;
import dev.crowdlab.engine.machine.MachinePanel;
import dev.crowdlab.engine.machine.Machines;
import dev.crowdlab.engine.machine.PanelStatus;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.results.period.AnnotatorPeriods;
import java.util.stream.IntStream;

/**
 * What a run with machines publishes beside the people's results: a label of every example that has one, numbered in
 * code-point order of their ids, and what is known of the machines.
 */
public final class MachineResults implements ExampleLabels {

    private final Dataset whole;
    private final Machines machines;
    private final MachineAnalysis analysis;
    private final boolean isGoldPublished;
    /** [labeled examples] their numbers in the whole. */
    private final int[] labeled;

    private final IdList ids;

    /**
     * @param whole with the annotations of people and machines
     * @param isGoldPublished whether a gold label is published where there is one
     */
    public MachineResults(Dataset whole, Machines machines, MachineAnalysis analysis, boolean isGoldPublished) {
        this.whole = whole;
        this.machines = machines;
        this.analysis = analysis;
        this.isGoldPublished = isGoldPublished;
        labeled = IntStream.range(0, whole.examples().size())
                .filter(example -> labelOf(example) >= 0)
                .toArray();
        ids = whole.examples().select(labeled);
    }

    private int labelOf(int example) {
        return isFixed(example) ? whole.gold().label(example) : analysis.label(example);
    }

    /** Whether it is an example without a label of people whose gold label is published. */
    private boolean isFixed(int example) {
        return isGoldPublished && analysis.place(example) < 0 && whole.gold().label(example) != GoldLabels.UNKNOWN;
    }

    @Override
    public IdList examples() {
        return ids;
    }

    @Override
    public IdList classes() {
        return whole.classes();
    }

    @Override
    public int label(int example) {
        return labelOf(labeled[example]);
    }

    @Override
    public double quality(int example) {
        return isFixed(labeled[example]) ? 1 : analysis.quality(labeled[example]);
    }

    /** The place among the examples of the tables about annotators; negative if it is none of them. */
    int place(int example) {
        return analysis.all().isPresent() ? labeled[example] : analysis.place(labeled[example]);
    }

    LabelSource source(int example) {
        if (isFixed(labeled[example])) {
            return LabelSource.HUMANS;
        }
        return analysis.source(labeled[example]);
    }

    /** The share of the machines' labels that equal the published one, of an example that only machines labeled. */
    double agreementOfMachines(int example) {
        return whole.annotations().agreement(labeled[example], label(example));
    }

    /** The number of labels of an example that only machines labeled. */
    int machineLabelCount(int example) {
        return whole.annotations().size(labeled[example]);
    }

    /** The number of examples whose label comes from machines alone. */
    public long countAlone() {
        return IntStream.range(0, labeled.length)
                .filter(example -> source(example) == LabelSource.MACHINES)
                .count();
    }

    /** What is known of the machines and their panel. */
    public MachinePanel panel() {
        return analysis.panel();
    }

    /** What the panel counts for; NaN without one. */
    double panelWeight() {
        return panel().status() == PanelStatus.ANCHORED ? analysis.panelWeight() : Double.NaN;
    }

    /** Which annotators are machines. */
    public Machines machines() {
        return machines;
    }

    /** The ids of people and machines. */
    public IdList annotators() {
        return whole.annotators();
    }

    /** How often machines agreed with people in each period. */
    public AnnotatorPeriods periods(Period length) {
        return AnnotatorPeriods.ofMachines(whole, machines, length);
    }

    /** What the input says of them. */
    public AnnotatorKinds kinds() {
        return whole.kinds();
    }

    /** [machines] the examples that it and a person labeled, for a panel that was not judged. */
    long[] overlaps() {
        long[] overlaps = new long[machines.annotatorCount()];
        Annotations annotations = whole.annotations();
        for (int example = 0; example < annotations.exampleCount(); example++) {
            if (analysis.place(example) >= 0) {
                for (int position = annotations.start(example); position < annotations.end(example); position++) {
                    overlaps[annotations.annotator(position)] += 1;
                }
            }
        }
        return IntStream.range(0, machines.machineCount())
                .mapToLong(machine -> overlaps[machines.annotatorOfMachine(machine)])
                .toArray();
    }
}
