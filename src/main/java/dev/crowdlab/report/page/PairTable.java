package dev.crowdlab.report.page;

import dev.crowdlab.report.figures.PairFigures;
import dev.crowdlab.report.figures.PairFigures.Pair;
import dev.crowdlab.report.page.AnnotatorView.Cell;
import dev.crowdlab.report.page.AnnotatorView.PairRow;
import dev.crowdlab.report.page.AnnotatorView.Pairs;
import dev.crowdlab.report.words.Context;
import dev.crowdlab.report.words.Numbers;
import dev.crowdlab.report.words.Prose;
import dev.crowdlab.report.words.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who agrees with whom: percent below the diagonal, examples in common above it. */
public final class PairTable {

    /** With fewer examples in common a percentage says nothing. */
    static final int FEWEST = 10;

    private static final int FIRST_STEP = 25;
    private static final int STEP = 15;
    private static final int STEPS = 6;

    private final Context context;
    private final PairFigures figures;
    private final Map<List<String>, Pair> pairs = new HashMap<>();
    private final List<String> ids;

    public PairTable(Context context) {
        this.context = context;
        figures = context.figures().pairs();
        for (Pair pair : figures.pairs()) {
            pairs.put(List.of(pair.first(), pair.second()), pair);
            pairs.put(List.of(pair.second(), pair.first()), pair);
        }
        List<String> compared = figures.annotators().stream()
                .filter(id -> figures.pairs().stream().anyMatch(pair -> isOf(id, pair) && pair.common() >= FEWEST))
                .toList();
        ids = compared.isEmpty() ? figures.annotators() : compared;
    }

    private static boolean isOf(String id, Pair pair) {
        return pair.first().equals(id) || pair.second().equals(id);
    }

    public Pairs pairs() {
        List<PairRow> rows = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            List<Cell> cells = new ArrayList<>();
            for (int j = 0; j < ids.size(); j++) {
                cells.add(cell(i, j));
            }
            rows.add(new PairRow(context.annotators().inHeading(ids.get(i)), cells));
        }
        return new Pairs(ids.stream().map(context.annotators()::inHeading).toList(), rows, reading());
    }

    private Cell cell(int row, int column) {
        if (row == column) {
            return new Cell("same", "", "");
        }
        Pair pair = pairs.getOrDefault(
                List.of(ids.get(row), ids.get(column)), new Pair(ids.get(row), ids.get(column), 0, 0));
        String title = context.annotators().inTable(ids.get(row)).plain() + " and "
                + context.annotators().inTable(ids.get(column)).plain() + ": same label for "
                + Numbers.count(pair.agreed()) + " of "
                + Words.count(pair.common(), "common example", "common examples");
        if (column > row) {
            return new Cell("count", pair.common() == 0 ? "·" : Numbers.count(pair.common()), title);
        }
        return pair.common() < FEWEST
                ? new Cell("count", "·", title)
                : new Cell(
                        "a" + step(pair.agreed(), pair.common()),
                        String.valueOf(Math.round(100.0 * pair.agreed() / pair.common())),
                        title);
    }

    /** From 1 for under 25 % to 6 for 85 % and more. */
    public static int step(long agreed, long common) {
        double percent = 100.0 * agreed / common;
        return percent < FIRST_STEP ? 1 : (int) Math.min(STEPS, 2 + (percent - FIRST_STEP) / STEP);
    }

    private List<Prose> reading() {
        String who =
                context.figures().annotators().count() > figures.annotators().size()
                        ? "The " + figures.annotators().size() + " annotators with the most labels"
                        : "All annotators";
        String with = ids.size() < figures.annotators().size()
                ? ", if they have " + FEWEST + " or more examples in common with another"
                : "";
        return List.of(
                Prose.begin()
                        .text(who + with + ", best quality first. ")
                        .bold("Below")
                        .text(" the diagonal: percent of common examples with the same label. ")
                        .bold("Above")
                        .text(" it: how many they have in common. A dot below: fewer than " + FEWEST
                                + ", too few for a percentage. A dot above: none.")
                        .end(),
                Prose.of(
                        "A block of strong color beside the diagonal is a group that agrees among itself. A faint row is"
                                + " someone who agrees with nobody."));
    }
}
