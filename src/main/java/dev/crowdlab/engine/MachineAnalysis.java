package dev.crowdlab.engine;

import dev.crowdlab.engine.committee.CommitteeEstimates;
import dev.crowdlab.engine.committee.ExpertEstimate;
import dev.crowdlab.engine.machine.Anchor;
import dev.crowdlab.engine.machine.LabelSource;
import dev.crowdlab.engine.machine.MachineLabels;
import dev.crowdlab.engine.machine.MachinePanel;
import dev.crowdlab.engine.machine.MachineSplit;
import dev.crowdlab.engine.machine.PanelStatus;
import java.util.Optional;

/**
 * The results of {@link PeopleAndMachines}. Examples are numbered as in the input. Immutable; safe for use by many
 * threads.
 */
public final class MachineAnalysis {

    private final MachinePanel panel;
    private final Optional<Analysis> people;
    private final Optional<Analysis> all;
    private final Alone alone;
    /** [examples] the place among the people's examples, or -1 minus that among the others. */
    private final int[] places;
    /** [people's examples] whether a machine of the panel labeled it. */
    private final boolean[] isMixed;

    /** The labels of examples that only machines labeled, -1 and NaN where there is none; both empty without a panel. */
    @SuppressWarnings("ArrayRecordComponent") // made and read here alone
    record Alone(int[] labels, double[] qualities, double meanQuality) {}

    private MachineAnalysis(
            MachineSplit split, Anchor anchor, Optional<Analysis> people, Optional<Analysis> all, Alone alone) {
        panel = anchor.result();
        this.people = people;
        this.all = all;
        this.alone = alone;
        int labeled = split.people().exampleCount();
        int others = split.alone().exampleCount();
        places = new int[labeled + others];
        isMixed = new boolean[labeled];
        MachineLabels labels = split.people().get(MachineLabels.COLUMN);
        for (int index = 0; index < labeled; index++) {
            places[split.exampleOfPeople(index)] = index;
            for (int position = labels.start(index); position < labels.end(index); position++) {
                isMixed[index] |= all.isPresent() || anchor.isUsed(labels.machine(position));
            }
        }
        for (int index = 0; index < others; index++) {
            places[split.exampleAlone(index)] = -1 - index;
        }
    }

    static MachineAnalysis of(MachineSplit split, Anchor anchor, Optional<Analysis> people, Alone alone) {
        return new MachineAnalysis(split, anchor, people, Optional.empty(), alone);
    }

    /** Of people and machines as annotators alike. */
    static MachineAnalysis ofAll(MachineSplit split, Anchor anchor, Analysis all) {
        Alone none = new Alone(new int[0], new double[0], Double.NaN);
        return new MachineAnalysis(split, anchor, Optional.empty(), Optional.of(all), none);
    }

    /** Returns what was found out about machines. */
    public MachinePanel panel() {
        return panel;
    }

    /**
     * Returns the analysis of the examples that people labeled, in their order: annotators are the people alone, and the
     * panel is the last model. Empty if people alone are not enough to estimate anything from, and if there is {@link #all}.
     */
    public Optional<Analysis> people() {
        return people;
    }

    /**
     * Returns the analysis of all examples, with people and machines as annotators; empty unless the status of the panel is
     * BY_GOLD.
     */
    public Optional<Analysis> all() {
        return all;
    }

    /** Returns the place of the example among those that people labeled, as in {@link #people}; negative if none did. */
    public int place(int example) {
        return places[example];
    }

    /** Returns the consensus class of the example, or the panel's; -1 if there is none. */
    public int label(int example) {
        if (all.isPresent()) {
            return all.get().published().label(example);
        }
        int place = places[example];
        if (place >= 0) {
            return people.map(analysis -> analysis.published().label(place)).orElse(-1);
        }
        return alone.labels.length == 0 ? -1 : alone.labels[-1 - place];
    }

    /** Returns the quality of {@link #label}, in [0, 1]; NaN if there is none. */
    public double quality(int example) {
        if (all.isPresent()) {
            return all.get().published().quality(example);
        }
        int place = places[example];
        if (place >= 0) {
            return people.map(analysis -> analysis.published().quality(place)).orElse(Double.NaN);
        }
        return alone.qualities.length == 0 ? Double.NaN : alone.qualities[-1 - place];
    }

    /** Returns whom {@link #label} comes from. */
    public LabelSource source(int example) {
        if (label(example) < 0) {
            return LabelSource.NOBODY;
        }
        int place = places[example];
        if (place < 0) {
            return LabelSource.MACHINES;
        }
        return isMixed[place] ? LabelSource.MIXED : LabelSource.HUMANS;
    }

    /** Returns the mean quality of the labels that the panel gave alone; NaN if there are none. */
    public double meanQualityAlone() {
        return alone.meanQuality;
    }

    /**
     * Returns the weight of the panel under the published consensus: the mean of lambda over the committee's experts, in
     * [0, 2], where 0 says that it adds nothing and 1 that it is taken at its word; else {@link Analysis#modelWeight}.
     * NaN without a panel.
     */
    public double panelWeight() {
        if (people.isEmpty() || panel.status() != PanelStatus.ANCHORED) {
            return Double.NaN;
        }
        int model = people.get().modelCount() - 1;
        return people.get()
                .committee()
                .map(CommitteeEstimates::experts)
                .map(experts -> experts.stream()
                        .mapToDouble((ExpertEstimate expert) -> expert.modelWeight(model))
                        .average()
                        .orElseThrow())
                .orElseGet(() -> people.get().modelWeight(model));
    }
}
