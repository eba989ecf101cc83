package dev.crowdlab.engine.machine;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What was found out about machines as a panel. Machines never vote. Steps:
 *
 * <ol>
 *   <li>The committee of people is fitted to the examples that people labeled, without predictions; fewer than 50 with
 *       two labels, and nothing is anchored.
 *   <li>A machine that labeled fewer than 30 of them is left out.
 *   <li>Confusion of every machine against the people's open posterior, and accuracy against the corrected one.
 *   <li>rho, the mean correlation of the errors of two machines: m machines are worth m / (1 + (m - 1) rho).
 *   <li>One prediction per example from all machines ({@link Panel}), a model behind the real ones.
 *   <li>The consensus asked for, with that model, on the same examples.
 *   <li>Examples that only machines labeled get the panel's class and a {@link Confidence}.
 * </ol>
 *
 * <p>Source: a study of our own, and what {@link AlternativeTest} and {@link Panel} name. Immutable.
 *
 * @param status whether machines could be used
 * @param anchors examples with labels of two people or more
 * @param machines in their order; none if the status is NO_ANCHOR or TOO_MANY_CLASSES
 * @param pairs of machines
 * @param rho mean correlation of errors, in [0, 1]; NaN if not anchored
 * @param effectiveCount how many independent machines the panel is worth; 0 if not anchored
 * @param confidence of the panel alone; offset and slope are NaN if not anchored
 */
public record MachinePanel(
        PanelStatus status,
        long anchors,
        List<MachineEstimate> machines,
        List<MachinePair> pairs,
        double rho,
        double effectiveCount,
        Confidence confidence)
        implements Serializable {

    private static final Confidence UNKNOWN = new Confidence(Double.NaN, Double.NaN);

    public MachinePanel {
        machines = List.copyOf(machines);
        pairs = List.copyOf(pairs);
    }

    static MachinePanel refused(PanelStatus status, long anchors) {
        return new MachinePanel(status, anchors, List.of(), List.of(), Double.NaN, 0, UNKNOWN);
    }

    static MachinePanel of(
            PanelStatus status, long anchors, List<MachineEstimate> machines, List<MachinePair> pairs, double rho) {
        long used = machines.stream()
                .filter(machine -> machine.status() == MachineStatus.USED)
                .count();
        double effective = used == 0 ? 0 : used / (1 + (used - 1) * rho);
        return new MachinePanel(status, anchors, machines, pairs, used == 0 ? Double.NaN : rho, effective, UNKNOWN);
    }

    MachinePanel withConfidence(Confidence fitted) {
        return new MachinePanel(status, anchors, machines, pairs, rho, effectiveCount, fitted);
    }

    /** Returns the families that have two machines or more in the panel, by name; none if not anchored. */
    public List<PanelFamily> families() {
        Map<String, Long> sizes = machines.stream()
                .filter(machine -> status == PanelStatus.ANCHORED && machine.status() == MachineStatus.USED)
                .collect(Collectors.groupingBy(MachineEstimate::family, TreeMap::new, Collectors.counting()));
        return sizes.entrySet().stream()
                .filter(family -> family.getValue() > 1)
                .map(family -> new PanelFamily(
                        family.getKey(),
                        family.getValue().intValue(),
                        meanCorrelation(family.getKey(), 2),
                        meanCorrelation(family.getKey(), 1)))
                .filter(family -> !Double.isNaN(family.within()))
                .toList();
    }

    /** Returns the mean over the pairs of machines of which so many are of the family; NaN if it is nowhere defined. */
    private double meanCorrelation(String family, int members) {
        return pairs.stream()
                .filter(pair -> isUsed(pair.first()) && isUsed(pair.second()))
                .filter(pair -> member(pair.first(), family) + member(pair.second(), family) == members)
                .mapToDouble(MachinePair::errorCorrelation)
                .filter(phi -> !Double.isNaN(phi))
                .average()
                .orElse(Double.NaN);
    }

    private boolean isUsed(int machine) {
        return machines.get(machine).status() == MachineStatus.USED;
    }

    private int member(int machine, String family) {
        return machines.get(machine).family().equals(family) ? 1 : 0;
    }
}
