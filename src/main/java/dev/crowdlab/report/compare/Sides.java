package dev.crowdlab.report.compare;

import dev.crowdlab.report.figures.ComparisonFigures;
import dev.crowdlab.report.figures.ComparisonFigures.Side;
import dev.crowdlab.report.words.Dates;
import dev.crowdlab.report.words.Prose;
import dev.crowdlab.report.words.Shown;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How the two runs are called.
 *
 * @param figures what the page is about
 */
record Sides(ComparisonFigures figures) {

    /** Whether both are of one dataset. */
    boolean areOfOneDataset() {
        return dataset(figures.first()).equals(dataset(figures.second()));
    }

    /** Whether they have the same classes, and most examples in common; as far as that is known. */
    boolean areAlike() {
        Set<String> before = Set.copyOf(figures.first().classes());
        Set<String> after = Set.copyOf(figures.second().classes());
        boolean areClassesAlike = before.isEmpty() || after.isEmpty() || before.equals(after);
        return areClassesAlike
                && figures.labels()
                        .map(labels -> labels.both() >= labels.firstOnly() + labels.secondOnly())
                        .orElse(true);
    }

    private static String dataset(Side side) {
        return side.run().dataset();
    }

    /** In a sentence: {@code run 7}, with its dataset where that differs. */
    String name(Side side) {
        return "run " + side.run().runId()
                + (areOfOneDataset()
                        ? ""
                        : " (" + Shown.of(dataset(side), Shown.IN_SENTENCE).plain() + ")");
    }

    String first() {
        return name(figures.first());
    }

    String second() {
        return name(figures.second());
    }

    /** Over a column: {@code Run 7}. */
    static String heading(Side side) {
        return "Run " + side.run().runId();
    }

    /** Since when rows of a table are gone, run by run; empty: all are there, or never were. */
    Optional<Prose> removed(String table) {
        List<String> runs = new ArrayList<>();
        figures.sides().forEach(side -> {
            Instant moment = side.removed().get(table);
            if (moment != null) {
                runs.add("those of " + name(side) + " on " + Dates.day(moment));
            }
        });
        return runs.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Prose.of("Retention removed the rows that this needs, " + String.join(", and ", runs) + "."));
    }

    /** Whether a setting is on, whatever its value. */
    static boolean isOn(Side side, String setting) {
        return !Stream.of("", "false").toList().contains(side.setting(setting));
    }
}
