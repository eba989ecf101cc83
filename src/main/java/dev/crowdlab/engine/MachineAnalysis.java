package dev.crowdlab.engine;

import dev.crowdlab.engine.machine.LabelSource;
import dev.crowdlab.engine.machine.MachinePanel;
import dev.crowdlab.engine.machine.PanelStatus;
import java.util.Optional;

/**
 * The results of {@link PeopleAndMachines} for a data set in memory. Examples are numbered as in the input. Immutable;
 * safe for use by many threads.
 */
public final class MachineAnalysis {

    private final MachineEstimates estimates;
    private final Optional<Analysis> analysis;
    private final SourcedLabels labels;

    MachineAnalysis(MachineEstimates estimates, Optional<Analysis> analysis, SourcedLabels labels) {
        this.estimates = estimates;
        this.analysis = analysis;
        this.labels = labels;
    }

    /** Returns what was found out about the data set as a whole. */
    public MachineEstimates estimates() {
        return estimates;
    }

    /** Returns {@link MachineEstimates#panel}. */
    public MachinePanel panel() {
        return estimates.panel();
    }

    /** Returns {@link #people}, or {@link #all}; empty if nothing can be estimated. */
    public Optional<Analysis> analysis() {
        return analysis;
    }

    /**
     * Returns the analysis of the examples that people labeled, in their order: annotators are the people alone, and the
     * panel is the last model. Empty if people alone are not enough to estimate anything from, and if there is {@link #all}.
     */
    public Optional<Analysis> people() {
        return analysis.filter(found -> panel().status() != PanelStatus.BY_GOLD);
    }

    /**
     * Returns the analysis of all examples, with people and machines as annotators; empty unless the status of the panel is
     * BY_GOLD.
     */
    public Optional<Analysis> all() {
        return analysis.filter(found -> panel().status() == PanelStatus.BY_GOLD);
    }

    /** Returns the labels with their sources. */
    public SourcedLabels labels() {
        return labels;
    }

    /** Returns {@link SourcedLabels#place}. */
    public int place(int example) {
        return labels.place(example);
    }

    /** Returns {@link SourcedLabels#label}. */
    public int label(int example) {
        return labels.label(example);
    }

    /** Returns {@link SourcedLabels#quality}. */
    public double quality(int example) {
        return labels.quality(example);
    }

    /** Returns {@link SourcedLabels#source}. */
    public LabelSource source(int example) {
        return labels.source(example);
    }

    /** Returns {@link MachineEstimates#meanQualityAlone}. */
    public double meanQualityAlone() {
        return estimates.meanQualityAlone();
    }

    /** Returns {@link MachineEstimates#panelWeight}. */
    public double panelWeight() {
        return estimates.panelWeight();
    }
}
