package dev.crowdlab.report.page;

import dev.crowdlab.report.figures.RejectedFigures;
import dev.crowdlab.report.figures.RejectedFigures.Group;
import dev.crowdlab.report.figures.RunFigures.Counts;
import dev.crowdlab.report.page.RejectedView.Row;
import dev.crowdlab.report.words.Context;
import dev.crowdlab.report.words.Numbers;
import dev.crowdlab.report.words.Prose;
import dev.crowdlab.report.words.Shown;
import dev.crowdlab.report.words.Words;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says which rows could not be used, and why. */
final class RejectedSection {

    private static final String UNKNOWN_LABEL = "UNKNOWN_LABEL";

    private final Context context;
    private final RejectedFigures rejected;
    private final Counts counts;

    RejectedSection(Context context) {
        this.context = context;
        rejected = context.figures().rejected();
        counts = context.figures().run().counts();
    }

    RejectedView view() {
        if (counts.rejected() == 0) {
            Prose all = Prose.of("All " + Numbers.count(counts.annotations() + counts.collapsed())
                    + " rows with labels could be used.");
            return new RejectedView(new Head("refused", "Rejected rows", all, true), List.of(), Prose.NONE, "");
        }
        if (rejected.groups().isEmpty()) {
            return new RejectedView(
                    new Head("refused", "Rejected rows", context.removed(), true), List.of(), Prose.NONE, "");
        }
        long shown = rejected.groups().stream().mapToLong(Group::rows).sum();
        return new RejectedView(
                new Head("refused", "Rejected rows", saying(), false),
                rejected.groups().stream().map(this::row).toList(),
                shown >= counts.rejected()
                        ? Prose.NONE
                        : Prose.of("These stand for " + Numbers.count(shown) + " rows. Those that are stored: "),
                shown >= counts.rejected() ? "" : context.from("rejected_row"));
    }

    private Prose saying() {
        return Prose.of(Words.count(counts.rejected(), "row", "rows") + " could not be used: " + share(context) + ".");
    }

    /** How large a part of the labels was rejected, in words. */
    static String share(Context context) {
        Counts counts = context.figures().run().counts();
        long labels = context.figures().rejected().reasons().stream()
                .filter(reason -> reason.source().equals("annotation"))
                .mapToLong(RejectedFigures.Reason::rows)
                .sum();
        if (labels == 0) {
            boolean hasGold = context.figures().rejected().reasons().stream()
                    .anyMatch(reason -> reason.source().equals("gold"));
            return hasGold ? "none of them a label of an annotator" : "none of them with a label";
        }
        String share =
                Numbers.finePercent(labels, counts.annotations() + counts.collapsed() + labels) + " of the labels read";
        return labels == counts.rejected() ? share : Words.labels(labels) + ", " + share;
    }

    /**
     * The most frequent reason, as the end of a sentence: a label that is no class if most rows have it; empty if
     * unknown.
     */
    static Prose cause(Context context) {
        Map<String, Long> reasons = new LinkedHashMap<>();
        context.figures()
                .rejected()
                .reasons()
                .forEach(reason -> reasons.merge(reason.reason(), reason.rows(), Long::sum));
        Optional<Group> label = context.figures().rejected().groups().stream()
                .filter(group -> group.reason().equals(UNKNOWN_LABEL))
                .filter(group -> reasons.entrySet().stream()
                        .allMatch(reason -> reason.getValue()
                                <= group.rows() * (reason.getKey().equals(UNKNOWN_LABEL) ? 2 : 1)))
                .findFirst();
        long all = context.figures().run().counts().rejected();
        if (label.isPresent()) {
            long rows = label.get().rows();
            return Prose.begin()
                    .text(", " + (rows == all ? "" : Numbers.count(rows) + " of them ") + "because ")
                    .quoted(Shown.of(label.get().label(), Shown.IN_SENTENCE), false)
                    .text(" is not a class")
                    .end();
        }
        return reasons.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(reason -> Prose.of(
                        reason.getValue() == all
                                ? "; the reason: " + Words.rejectionInSentence(reason.getKey())
                                : "; the most frequent reason: " + Words.rejectionInSentence(reason.getKey()) + ", "
                                        + Words.count(reason.getValue(), "row", "rows")))
                .orElse(Prose.NONE);
    }

    private Row row(Group group) {
        Prose.Builder instance = Prose.begin();
        add(instance, "example ", Shown.of(group.example(), Shown.IN_SENTENCE), true);
        if (group.source().equals("annotation")) {
            add(instance, " · annotator ", context.annotators().inTable(group.annotator()), true);
        } else {
            add(instance, " · model ", Shown.of(group.model(), Shown.IN_TABLE), group.model() != null);
        }
        add(instance, " · label ", Shown.of(group.label(), Shown.IN_SENTENCE), isLabelShown(group));
        return new Row(
                Words.rejection(group.reason()),
                group.reason(),
                Numbers.count(group.rows()),
                instance.end(),
                wrong(group.detail()));
    }

    private static boolean isLabelShown(Group group) {
        return group.source().equals("annotation") || group.label() != null;
    }

    private static void add(Prose.Builder instance, String what, Shown id, boolean isShown) {
        if (isShown) {
            instance.text(what).id(id);
        }
    }

    private Prose wrong(@Nullable String detail) {
        return detail == null || detail.isEmpty()
                ? Prose.of(Numbers.NONE)
                : Prose.begin()
                        .id(Shown.of(context.annotators().inMessage(detail), Shown.IN_MESSAGE))
                        .end();
    }
}
