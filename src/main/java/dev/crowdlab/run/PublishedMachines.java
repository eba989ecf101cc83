package dev.crowdlab.run;

import dev.crowdlab.engine.machine.PanelStatus;
import dev.crowdlab.results.period.AgreementDrop;
import dev.crowdlab.run.MachineMetrics.Accuracy;
import dev.crowdlab.run.MachineMetrics.Drift;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The machines that the published run used.
 *
 * @param runId its number
 * @param machines by id
 */
public record PublishedMachines(long runId, List<Accuracy> machines) {

    /** Lists are copied. */
    public PublishedMachines {
        machines = List.copyOf(machines);
    }

    /**
     * Those whose share of right labels is another one by more than chance explains, or that are used no more, with a share
     * of NaN; none if no machine could be judged in this run, which is told elsewhere.
     *
     * @param now the machines of this run
     */
    public List<Drift> changes(MachineMetrics now) {
        if (now.panel().filter(panel -> panel.status() != PanelStatus.ANCHORED).isPresent()) {
            return List.of();
        }
        Map<String, Accuracy> accuracies = now.panel().map(MachineMetrics.Panel::accuracies).orElse(List.of()).stream()
                .collect(Collectors.toMap(Accuracy::id, machine -> machine));
        List<Drift> changes = new ArrayList<>();
        for (Accuracy machine : machines) {
            Accuracy same = accuracies.get(machine.id());
            if (same == null) {
                changes.add(new Drift(machine.id(), Double.NaN, machine.share()));
            } else if (AgreementDrop.isChange(same.share(), same.overlap(), machine.share(), machine.overlap())) {
                changes.add(new Drift(machine.id(), same.share(), machine.share()));
            }
        }
        return changes;
    }

    /** Reads them. */
    public static PublishedMachines read(JdbcClient jdbc, long runId) {
        return new PublishedMachines(
                runId,
                jdbc.sql("""
                                select annotator_id, accuracy, num_overlap
                                from crowdlab.machine_stats
                                where run_id = ? and status = 'USED'
                                order by annotator_id""")
                        .param(runId)
                        .query((row, number) -> new Accuracy(row.getString(1), row.getDouble(2), row.getLong(3)))
                        .list());
    }
}
