package dev.crowdlab.run;

import dev.crowdlab.dataset.MachinePatterns;
import dev.crowdlab.dataset.id.IdList;
import dev.crowdlab.dataset.id.ModelNames;
import dev.crowdlab.engine.machine.Anchor;
import dev.crowdlab.engine.machine.MachineEstimate;
import dev.crowdlab.engine.machine.MachinePanel;
import dev.crowdlab.engine.machine.MachineStatus;
import dev.crowdlab.engine.machine.Machines;
import dev.crowdlab.engine.machine.PanelFamily;
import dev.crowdlab.engine.machine.PanelStatus;
import dev.crowdlab.engine.pass.UnusableInputException;
import dev.crowdlab.results.MachineResults;
import dev.crowdlab.results.period.PeriodRows;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * What the checks look at of annotators that are machines, or look like some.
 *
 * @param suspects annotators that are not declared as machines and have the name of a language model, by id
 * @param idlePatterns what declares machines and fits no annotator
 * @param drifts machines that agree with people otherwise than before, by id
 * @param panel of the machines declared; empty if none of them is among the annotators
 */
public record MachineMetrics(
        List<String> suspects, List<String> idlePatterns, List<Drift> drifts, Optional<Panel> panel) {

    /** For a dataset without machines. */
    public static final MachineMetrics NONE = new MachineMetrics(List.of(), List.of(), List.of(), Optional.empty());

    /** How many examples must have labels of two people. */
    public static final int MIN_ANCHORS = Anchor.MIN_ANCHORS;

    /** The correlation of errors from which on two machines are worth less than one and a third. */
    public static final double MUCH_SHARED = 0.5;

    /** Lists are copied. */
    public MachineMetrics {
        suspects = List.copyOf(suspects);
        idlePatterns = List.copyOf(idlePatterns);
        drifts = List.copyOf(drifts);
    }

    /** A machine, and the share of its labels on which it agrees with people, lately and in the periods before. */
    public record Drift(String id, double share, double before) {}

    /** A machine, the share of its labels that are right, and by how many examples that is known. */
    public record Accuracy(String id, double share, long overlap) {}

    /**
     * The machines declared.
     *
     * @param status whether people could judge them
     * @param anchors examples with labels of two people or more
     * @param machineCount machines among the annotators
     * @param leftOut machines that share too few examples with people, by id; none if nobody was judged
     * @param better machines that agree with people better than at least half of the people do, by id
     * @param accuracies of the machines in the panel, by id
     * @param families that have two machines or more in the panel
     */
    public record Panel(
            PanelStatus status,
            long anchors,
            int machineCount,
            List<String> leftOut,
            List<String> better,
            List<Accuracy> accuracies,
            List<PanelFamily> families) {

        /** Lists are copied. */
        public Panel {
            leftOut = List.copyOf(leftOut);
            better = List.copyOf(better);
            accuracies = List.copyOf(accuracies);
            families = List.copyOf(families);
        }
    }

    /** Whether the panel of machines is a model beside people. */
    public boolean isModel() {
        return panel.map(Panel::status).filter(PanelStatus.ANCHORED::equals).isPresent();
    }

    /** Why nothing can be estimated if neither people nor gold judge anybody. */
    public static UnusableInputException nobodyJudges() {
        return new UnusableInputException(
                "No example has labels of two people, and there are no predictions, so nothing can be estimated from people"
                        + " and no machine judged by them; let people label at least " + MIN_ANCHORS
                        + " examples twice, give gold labels of " + CorrectionMetrics.MIN_GOLD
                        + " examples and write use-gold: anchor, or leave out the setting machines.");
    }

    /** The metrics of a run without declared machines. */
    static MachineMetrics of(IdList annotators) {
        return new MachineMetrics(suspects(annotators), List.of(), List.of(), Optional.empty());
    }

    /**
     * The metrics of a run with machines.
     *
     * @param patterns what declares machines
     */
    static MachineMetrics of(MachinePatterns patterns, MachineResults results) {
        return new MachineMetrics(
                suspects(people(results)),
                patterns.patterns().stream()
                        .filter(pattern -> isIdle(pattern, results.annotators()))
                        .toList(),
                drifts(new PeriodRows(results.annotators(), results.periods())),
                Optional.of(results)
                        .filter(found -> found.machines().machineCount() > 0)
                        .map(MachineMetrics::panel));
    }

    private static Panel panel(MachineResults results) {
        MachinePanel panel = results.panel();
        return new Panel(
                panel.status(),
                panel.anchors(),
                results.machines().machineCount(),
                named(results, machine -> machine.status() == MachineStatus.NO_OVERLAP),
                named(results, machine -> machine.test().surpassed() >= 0.5),
                panel.machines().stream()
                        .filter(machine -> machine.status() == MachineStatus.USED)
                        .map(machine -> new Accuracy(
                                results.annotators().text(machine.annotator()), machine.accuracy(), machine.overlap()))
                        .toList(),
                panel.families());
    }

    private static List<Drift> drifts(PeriodRows rows) {
        return rows.lastRows()
                .filter(row -> rows.drop(row).isChange())
                .mapToObj(row -> new Drift(
                        rows.annotators().text(rows.annotator(row)),
                        rows.drop(row).recentShare(),
                        rows.drop(row).earlierShare()))
                .toList();
    }

    private static List<String> named(MachineResults results, Predicate<MachineEstimate> which) {
        return results.panel().machines().stream()
                .filter(which)
                .map(machine -> results.annotators().text(machine.annotator()))
                .toList();
    }

    private static boolean isIdle(String pattern, IdList annotators) {
        MachinePatterns alone = new MachinePatterns(List.of(pattern));
        return IntStream.range(0, annotators.size()).mapToObj(annotators::text).noneMatch(alone::fitsAny);
    }

    /** Those of whom nobody says what they are. */
    private static IdList people(MachineResults results) {
        Machines machines = results.machines();
        return results.annotators()
                .select(IntStream.range(0, machines.personCount())
                        .map(machines::annotatorOfPerson)
                        .filter(person -> !results.kinds().isHuman(person))
                        .toArray());
    }

    private static List<String> suspects(IdList annotators) {
        return IntStream.range(0, annotators.size())
                .mapToObj(annotators::text)
                .filter(id -> ModelNames.family(id).isPresent())
                .toList();
    }
}
