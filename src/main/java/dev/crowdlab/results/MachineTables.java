package dev.crowdlab.results;

import static java.util.Comparator.comparingInt;

import dev.crowdlab.engine.machine.AlternativeTest;
import dev.crowdlab.engine.machine.MachineEstimate;
import dev.crowdlab.engine.machine.MachinePair;
import dev.crowdlab.engine.machine.MachineStatus;
import dev.crowdlab.engine.quality.Interval;
import dev.crowdlab.results.copy.Kept;
import dev.crowdlab.results.period.PeriodRows;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tables about annotators that are machines. Machines are numbered by their ids, so that rows are in key order. */
final class MachineTables {

    private static final String NOT_ANCHORED = "NOT_ANCHORED";

    private MachineTables() {}

    static List<SummaryTable<?>> all() {
        return List.of(stats(), pair(), period(), panel());
    }

    private record Stats(MachineResults results) {

        int size() {
            return results.machines().machineCount();
        }

        Optional<MachineEstimate> machine(int row) {
            List<MachineEstimate> judged = results.panel().machines();
            return judged.isEmpty() ? Optional.empty() : Optional.of(judged.get(row));
        }

        /** None is known of a machine that is a family of its own. */
        @Nullable
        String family(int row) {
            String family = results.machines().family(row);
            return family.equals(results.annotators().text(results.machines().annotatorOfMachine(row))) ? null : family;
        }

        double accuracy(int row) {
            return machine(row).map(MachineEstimate::accuracy).orElse(Double.NaN);
        }

        double lower(int row) {
            return machine(row)
                    .map(MachineEstimate::interval)
                    .map(Interval::lower)
                    .orElse(Double.NaN);
        }

        double upper(int row) {
            return machine(row)
                    .map(MachineEstimate::interval)
                    .map(Interval::upper)
                    .orElse(Double.NaN);
        }

        double omega(int row) {
            return machine(row)
                    .map(MachineEstimate::test)
                    .map(AlternativeTest::omega)
                    .orElse(Double.NaN);
        }

        double advantage(int row) {
            return machine(row)
                    .map(MachineEstimate::test)
                    .map(AlternativeTest::advantage)
                    .orElse(Double.NaN);
        }

        @Nullable
        String verdict(int row) {
            return machine(row)
                    .map(MachineEstimate::test)
                    .map(AlternativeTest::verdict)
                    .map(Enum::name)
                    .orElse(null);
        }
    }

    /** How good every machine is, and whom it may replace. */
    private static SummaryTable<Stats> stats() {
        return SummaryColumns.of("machine_stats", Kept.AS_HISTORY, MachineTables::stats, Stats::size)
                .writtenWith(RunFeature.MACHINES)
                .annotator("annotator_id", (rows, row) -> rows.results().annotators(), (rows, row) -> rows.results()
                        .machines()
                        .annotatorOfMachine(row))
                .keyEndsHere()
                .text("family", Stats::family)
                .bigint("num_overlap", (rows, row) -> rows.machine(row)
                        .map(MachineEstimate::overlap)
                        .orElse(rows.results().overlap(row)))
                .numberOrNull("accuracy", Stats::accuracy)
                .numberOrNull("lower", Stats::lower)
                .numberOrNull("upper", Stats::upper)
                .numberOrNull("omega", Stats::omega)
                .numberOrNull("advantage", Stats::advantage)
                .text("verdict", Stats::verdict)
                .text("status", (rows, row) -> rows.machine(row)
                        .map(MachineEstimate::status)
                        .map(Enum::name)
                        .orElse(NOT_ANCHORED))
                .table();
    }

    private static Optional<Stats> stats(RunResults results) {
        return results.machines().map(Stats::new);
    }

    private record Pairs(MachineResults results, List<MachinePair> pairs) {

        int size() {
            return pairs.size();
        }

        int annotator(int machine) {
            return results.machines().annotatorOfMachine(machine);
        }
    }

    /** How far machines err together. */
    private static SummaryTable<Pairs> pair() {
        return SummaryColumns.of("machine_pair", Kept.WITH_PARTITIONS, MachineTables::pairs, Pairs::size)
                .writtenWith(RunFeature.MACHINES)
                .annotator(
                        "annotator_a",
                        (rows, row) -> rows.results().annotators(),
                        (rows, row) -> rows.annotator(rows.pairs().get(row).first()))
                .annotator(
                        "annotator_b",
                        (rows, row) -> rows.results().annotators(),
                        (rows, row) -> rows.annotator(rows.pairs().get(row).second()))
                .keyEndsHere()
                .bigint("num_common", (rows, row) -> rows.pairs().get(row).commonCount())
                .numberOrNull(
                        "error_correlation",
                        (rows, row) -> rows.pairs().get(row).errorCorrelation())
                .table();
    }

    private static Optional<Pairs> pairs(RunResults results) {
        return results.machines()
                .map(found -> new Pairs(
                        found,
                        found.panel().pairs().stream()
                                .sorted(comparingInt(MachinePair::first).thenComparingInt(MachinePair::second))
                                .toList()));
    }

    /** How often each machine agreed with people in each period. */
    private static SummaryTable<PeriodRows> period() {
        return SummaryColumns.of("machine_period", Kept.WITH_PARTITIONS, MachineTables::periods, PeriodRows::size)
                .writtenWith(RunFeature.MACHINES)
                .annotator("annotator_id", (rows, row) -> rows.annotators(), PeriodRows::annotator)
                .date("period_start", PeriodRows::firstDay)
                .keyEndsHere()
                .bigint("num_overlap", PeriodRows::count)
                .number("agreement_with_people", PeriodRows::agreement)
                .numberOrNull("agreement_drop", (rows, row) -> rows.drop(row).size())
                .bool("is_changed", (rows, row) -> rows.drop(row).isChange())
                .table();
    }

    private static Optional<PeriodRows> periods(RunResults results) {
        return results.machines().map(found -> new PeriodRows(found.annotators(), found.periods()));
    }

    /** What all machines together are worth. */
    private static SummaryTable<MachineResults> panel() {
        return SummaryColumns.of("run_panel", Kept.FOREVER, RunResults::machines, results -> 1)
                .writtenWith(RunFeature.MACHINES)
                .keyEndsHere()
                .integer("num_machines", (results, row) -> (int) results.panel().machines().stream()
                        .filter(machine -> machine.status() == MachineStatus.USED)
                        .count())
                .numberOrNull("rho", (results, row) -> results.panel().rho())
                .numberOrNull("effective_votes", (results, row) -> effectiveVotes(results))
                .numberOrNull("weight", (results, row) -> results.estimates().panelWeight())
                .text("status", (results, row) -> results.panel().status().name())
                .bigint("num_anchors", (results, row) -> results.panel().anchors())
                .table();
    }

    private static double effectiveVotes(MachineResults results) {
        double votes = results.panel().effectiveCount();
        return votes == 0 ? Double.NaN : votes;
    }
}
