package dev.crowdlab.report.compare;

import dev.crowdlab.report.compare.ComparisonView.Note;
import dev.crowdlab.report.figures.ComparisonFigures;
import dev.crowdlab.report.figures.ComparisonFigures.Labels;
import dev.crowdlab.report.figures.ComparisonFigures.Side;
import dev.crowdlab.report.figures.ConsensusFigures.Method;
import dev.crowdlab.report.words.Numbers;
import dev.crowdlab.report.words.Prose;
import dev.crowdlab.report.words.Shown;
import dev.crowdlab.report.words.Words;
import dev.crowdlab.run.RunStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a reader has to know before believing which run is better. */
final class Notes {

    private static final int MAX_CLASSES = 5;

    private final ComparisonFigures figures;
    private final Sides sides;
    private final List<Note> notes = new ArrayList<>();

    Notes(ComparisonFigures figures) {
        this.figures = figures;
        sides = new Sides(figures);
    }

    List<Note> notes() {
        figures.sides().forEach(this::status);
        gold();
        pinned();
        examples();
        classes();
        scale();
        return List.copyOf(notes);
    }

    private void add(String bold, String text, String href, String link) {
        notes.add(new Note(Prose.begin().bold(bold).text(text).end(), href, link));
    }

    private void status(Side side) {
        if (side.run().status() == RunStatus.REFUSED) {
            add(
                    "A check refused " + sides.name(side) + ",",
                    " so it was never published; report --run " + side.run().runId() + " says why.",
                    "#how",
                    "How it was made");
        }
        side.run()
                .removedAt()
                .ifPresent(moment -> add(
                        "The labels of " + sides.name(side) + " are no longer there:",
                        " retention removed them, so labels and classes cannot be set side by side. Figures of the run as a whole stay.",
                        "#labels",
                        "Labels"));
    }

    private void gold() {
        long before = count(figures.first());
        long after = count(figures.second());
        boolean isUnmeasured = (before == 0 && isPinned(figures.first())) || (after == 0 && isPinned(figures.second()));
        if (isUnmeasured) {
            return;
        }
        if (before > 0 && after > 0 && (before != after || isQueryDifferent() || !sides.areOfOneDataset())) {
            add(
                    "The gold may not be the same:",
                    " " + Words.labels(before) + " of " + sides.first() + " and " + Numbers.count(after) + " of "
                            + sides.second() + " were compared with gold"
                            + (isQueryDifferent() ? ", read by different queries." : "."),
                    "#figures",
                    "Figures");
        } else if ((before > 0) != (after > 0)) {
            add(
                    "Only " + (before > 0 ? sides.first() : sides.second()) + " was compared with gold:",
                    " a gold-query for both would measure which is better.",
                    "#figures",
                    "Figures");
        }
    }

    private static long count(Side side) {
        return Verdict.published(side).map(Method::goldCount).orElse(0L);
    }

    private boolean isQueryDifferent() {
        String query = "Gold query";
        Map<String, String> after = figures.second().origin().queries();
        return !Optional.ofNullable(figures.first().origin().queries().get(query))
                .equals(Optional.ofNullable(after.get(query)));
    }

    private static boolean isPinned(Side side) {
        return Sides.isOn(side, "use_gold");
    }

    private void pinned() {
        boolean before = isPinned(figures.first());
        boolean after = isPinned(figures.second());
        boolean isMeasured = (!before || count(figures.first()) > 0) && (!after || count(figures.second()) > 0);
        String measured = isMeasured ? " gold is compared with labels from before," : " gold measures no other labels,";
        if (before && after) {
            add(
                    "Both runs take their gold labels over (use-gold):",
                    measured + " and their estimates count gold examples as certainly right.",
                    "#settings",
                    "Settings");
        } else if (before || after) {
            add(
                    capital(before ? sides.first() : sides.second()) + " takes its gold labels over (use-gold):",
                    measured + " and its estimate counts gold examples as certainly right.",
                    "#settings",
                    "Settings");
        }
    }

    private void examples() {
        Optional<Labels> labels = figures.labels();
        if (labels.isPresent() && labels.get().firstOnly() + labels.get().secondOnly() > 0) {
            long both = labels.get().both();
            long all = both + labels.get().firstOnly() + labels.get().secondOnly();
            add(
                    both == 0 ? "No example is in both runs:" : "Not all examples are in both runs:",
                    (both == 0 ? " " : " " + Numbers.count(both) + " of " + Words.examples(all) + " are. ")
                            + (both == 0 ? "a" : "A") + " difference can come from the examples, too.",
                    "#labels",
                    "Labels");
        }
    }

    private void classes() {
        List<String> before = figures.first().classes();
        List<String> after = figures.second().classes();
        List<String> firstOnly =
                before.stream().filter(name -> !after.contains(name)).toList();
        List<String> secondOnly =
                after.stream().filter(name -> !before.contains(name)).toList();
        if (before.isEmpty() || after.isEmpty() || (firstOnly.isEmpty() && secondOnly.isEmpty())) {
            return;
        }
        Prose.Builder text = Prose.begin()
                .bold(
                        firstOnly.size() == before.size()
                                ? "The two runs have no class in common:"
                                : "The two runs have different classes:");
        only(text, sides.first(), firstOnly);
        text.text(firstOnly.isEmpty() || secondOnly.isEmpty() ? "" : ";");
        only(text, sides.second(), secondOnly);
        text.text(
                ". Shares of right labels and agreement depend on the classes, alpha and kappa less than the others.");
        notes.add(new Note(text.end(), "#classes", "Classes"));
    }

    private static void only(Prose.Builder text, String run, List<String> names) {
        if (!names.isEmpty()) {
            text.text(" only " + run + " has ")
                    .ids(names.stream()
                            .limit(MAX_CLASSES)
                            .map(name -> Shown.of(name, Shown.IN_SENTENCE))
                            .toList())
                    .text(
                            names.size() > MAX_CLASSES
                                    ? " and " + Numbers.count(names.size() - MAX_CLASSES) + " more"
                                    : "");
        }
    }

    private void scale() {
        String before = figures.first().setting("scale");
        String after = figures.second().setting("scale");
        if (!before.isEmpty() && !after.isEmpty() && !before.equals(after)) {
            add(
                    "The classes are on different scales,",
                    " " + before + " in " + sides.first() + " and " + after + " in " + sides.second()
                            + ": alpha and kappa of the two mean different things.",
                    "#settings",
                    "Settings");
        }
    }

    private static String capital(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
