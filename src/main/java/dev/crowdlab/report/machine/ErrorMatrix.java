package dev.crowdlab.report.machine;

import static java.util.Comparator.comparing;

import dev.crowdlab.report.figures.MachineFigures;
import dev.crowdlab.report.figures.MachineFigures.Machine;
import dev.crowdlab.report.figures.MachineFigures.Pair;
import dev.crowdlab.report.machine.MachineView.Cell;
import dev.crowdlab.report.machine.MachineView.ErrorRow;
import dev.crowdlab.report.machine.MachineView.Errors;
import dev.crowdlab.report.words.Context;
import dev.crowdlab.report.words.Numbers;
import dev.crowdlab.report.words.Prose;
import dev.crowdlab.report.words.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which machines err together: the correlation of errors below the diagonal, examples in common above it. */
final class ErrorMatrix {

    /** More would neither print nor fit the page. */
    static final int MAX_MACHINES = 16;

    private static final int STEPS = 6;

    private final Context context;
    private final Map<List<String>, Pair> pairs = new HashMap<>();
    private final List<String> ids;
    private final int machineCount;

    ErrorMatrix(Context context) {
        this.context = context;
        MachineFigures machines = context.figures().machines();
        for (Pair pair : machines.pairs()) {
            pairs.put(List.of(pair.first(), pair.second()), pair);
            pairs.put(List.of(pair.second(), pair.first()), pair);
        }
        List<Machine> used =
                machines.machines().stream().filter(Machine::isUsed).toList();
        machineCount = used.size();
        ids = used.stream()
                .limit(MAX_MACHINES)
                .sorted(comparing(Machine::family))
                .map(Machine::id)
                .toList();
    }

    /** None where there are no two machines, or where the rows were removed. */
    Optional<Errors> errors() {
        if (ids.size() < 2 || pairs.isEmpty()) {
            return Optional.empty();
        }
        List<ErrorRow> rows = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            List<Cell> cells = new ArrayList<>();
            for (int j = 0; j < ids.size(); j++) {
                cells.add(cell(i, j));
            }
            rows.add(new ErrorRow(context.annotators().inHeading(ids.get(i)), cells));
        }
        return Optional.of(
                new Errors(ids.stream().map(context.annotators()::inHeading).toList(), rows, reading()));
    }

    private Cell cell(int row, int column) {
        if (row == column) {
            return new Cell("same", "", "");
        }
        Pair pair = pairs.getOrDefault(
                List.of(ids.get(row), ids.get(column)), new Pair(ids.get(row), ids.get(column), 0, Double.NaN));
        String common = Words.count(pair.common(), "example", "examples") + " in common";
        String title = context.annotators().inTable(ids.get(row)).plain() + " and "
                + context.annotators().inTable(ids.get(column)).plain() + ": "
                + (Double.isNaN(pair.correlation())
                        ? "no correlation of errors, " + common
                        : "errors correlate with " + Numbers.score(pair.correlation()) + " on " + common);
        if (column > row) {
            return new Cell("count", pair.common() == 0 ? "·" : Numbers.count(pair.common()), title);
        }
        return Double.isNaN(pair.correlation())
                ? new Cell("count", "·", title)
                : new Cell("m" + step(pair.correlation()), Numbers.score(pair.correlation()), title);
    }

    /** From 0 for no correlation or one below 0 to 6 for nearly the same errors. */
    private static int step(double correlation) {
        return (int) Math.max(0, Math.min(STEPS, Math.ceil(STEPS * correlation - 1e-9)));
    }

    private List<Prose> reading() {
        String who = machineCount > ids.size()
                ? "The " + ids.size() + " machines that are right most often"
                : "All machines that are used";
        return List.of(
                Prose.begin()
                        .text(who + ", by family. ")
                        .bold("Below")
                        .text(
                                " the diagonal: how far the errors of two machines correlate, from 0, where they have nothing to do"
                                        + " with each other, to 1, where both always err together. A dot: fewer than 10 examples in"
                                        + " common, or one of them is always or never right. ")
                        .bold("Above")
                        .text(" it: how many examples that people labeled they have in common.")
                        .end(),
                Prose.of(
                        "A machine in strong color adds little to those that it shares its errors with; one in a faint row"
                                + " and column adds most."));
    }
}
