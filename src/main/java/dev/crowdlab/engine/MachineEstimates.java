package dev.crowdlab.engine;

import dev.crowdlab.engine.committee.CommitteeEstimates;
import dev.crowdlab.engine.committee.ExpertEstimate;
import dev.crowdlab.engine.machine.Anchor;
import dev.crowdlab.engine.machine.MachinePanel;
import dev.crowdlab.engine.machine.PanelStatus;
import java.util.Optional;

/**
 * What {@link PeopleAndMachines} found out about a data set as a whole. Immutable; safe for use by many threads.
 *
 * @param anchor the machines, measured
 * @param estimates of the annotators: people, with the panel as the last model, or people and machines alike if the
 *     status of the panel is BY_GOLD; empty if nothing can be estimated
 * @param meanQualityAlone the mean quality of the labels that the panel gave alone; NaN if there are none
 */
public record MachineEstimates(Anchor anchor, Optional<Estimates> estimates, double meanQualityAlone) {

    /** Returns what was found out about machines. */
    public MachinePanel panel() {
        return anchor.result();
    }

    /**
     * Returns the weight of the panel under the published consensus: the mean of lambda over the committee's experts, in
     * [0, 2], where 0 says that it adds nothing and 1 that it is taken at its word; else {@link Estimates#modelWeight}.
     * NaN without a panel.
     */
    public double panelWeight() {
        if (estimates.isEmpty() || panel().status() != PanelStatus.ANCHORED) {
            return Double.NaN;
        }
        Estimates found = estimates.get();
        int model = found.modelCount() - 1;
        return found.committee()
                .map(CommitteeEstimates::experts)
                .map(experts -> experts.stream()
                        .mapToDouble((ExpertEstimate expert) -> expert.modelWeight(model))
                        .average()
                        .orElseThrow())
                .orElseGet(() -> found.modelWeight(model));
    }
}
