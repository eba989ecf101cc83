package dev.crowdlab.checks;

import dev.crowdlab.finding.Finding;
import dev.crowdlab.finding.Finding.Severity;
import dev.crowdlab.finding.FindingCode;
import dev.crowdlab.finding.Wording;
import dev.crowdlab.run.MachineMetrics;
import dev.crowdlab.run.MachineMetrics.Drift;
import dev.crowdlab.run.PublishedMachines;
import dev.crowdlab.text.Plural;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Machines that are not what they were.
 *
 * @param machines by id; a share now of NaN says that the machine is gone
 */
record MachineChanges(List<Drift> machines) {

    private static final int NAMED = 10;

    /**
     * The finding about the machines of the run published before; empty if nothing worth telling became of them.
     *
     * @param now the machines of this run
     */
    static Optional<Finding> since(PublishedMachines before, MachineMetrics now) {
        List<Drift> changed = before.changes(now);
        return changed.isEmpty()
                ? Optional.empty()
                : Optional.of(Finding.of(
                        FindingCode.MACHINES_CHANGED,
                        Severity.WARN,
                        new MachineChanges(changed)
                                .wording(Plural.of(changed.size(), "machine is", "machines are")
                                        + " right less or more often than in run " + before.runId()
                                        + ", published before, or used no more:"),
                        changed.size(),
                        Double.NaN));
    }

    Wording wording(String headline) {
        Wording words = Wording.of(headline);
        for (int index = 0; index < Math.min(NAMED, machines.size()); index++) {
            Drift machine = machines.get(index);
            words = words.text(index == 0 ? " " : ", ")
                    .annotator(machine.id())
                    .text(
                            Double.isNaN(machine.share())
                                    ? " (gone)"
                                    : String.format(
                                            Locale.ROOT,
                                            " (%.1f %%, %.1f %% before)",
                                            100 * machine.share(),
                                            100 * machine.before()));
        }
        return words.text((machines.size() > NAMED ? " and " + (machines.size() - NAMED) + " more" : "")
                + "; if a new version answers under the old name, give each version an id of its own.");
    }
}
