package dev.crowdlab.checks;

import dev.crowdlab.finding.Finding;
import dev.crowdlab.finding.Finding.Severity;
import dev.crowdlab.finding.FindingCode;
import dev.crowdlab.finding.Wording;
import dev.crowdlab.run.GivenLabels;
import dev.crowdlab.run.PublishedLabels;
import dev.crowdlab.text.Plural;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/** Compares which labels annotations have with those of the published run: one of them may have another spelling. */
final class LabelFindings {

    private static final int NAMED = 5;
    private static final String SPELLING = ": if it is a new spelling, correct it or configure the classes.";

    private final List<String> classes;
    private final PublishedLabels before;
    private final List<Map.Entry<String, Long>> lost;
    private final List<Map.Entry<String, Long>> unknown;
    /** Without configured classes a new spelling is a new class. */
    private final List<Map.Entry<String, Long>> added;

    private LabelFindings(List<String> classes, GivenLabels now, PublishedLabels before) {
        this.classes = classes;
        this.before = before;
        lost = most(before.accepted(), (label, count) -> !now.accepted().containsKey(label));
        unknown = most(now.unknown(), before::lacksUnknown);
        added = classes.isEmpty() && !lost.isEmpty()
                ? most(now.accepted(), (label, count) -> !before.accepted().containsKey(label))
                : List.of();
    }

    /**
     * The finding that a class has no labels any more, or that an unknown label is rejected for the first time.
     *
     * @param classes as configured; empty: they follow from the input
     */
    static Optional<Finding> of(List<String> classes, GivenLabels now, PublishedLabels before) {
        return new LabelFindings(classes, now, before).finding();
    }

    private static List<Map.Entry<String, Long>> most(Map<String, Long> counts, BiPredicate<String, Long> wanted) {
        return counts.entrySet().stream()
                .filter(label -> wanted.test(label.getKey(), label.getValue()))
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .toList();
    }

    private Optional<Finding> finding() {
        if (lost.isEmpty() && unknown.isEmpty()) {
            return Optional.empty();
        }
        boolean isWanted =
                unknown.isEmpty() && lost.stream().map(Map.Entry::getKey).allMatch(this::isRemoved);
        Wording words = unknown.isEmpty()
                ? (added.isEmpty() ? lost() : lost().text("; ").value(added()))
                : (lost.isEmpty() ? firstTime() : lost().text("; ")).value(unknown());
        return Optional.of(Finding.of(
                FindingCode.LOST_CLASS,
                isWanted ? Severity.INFO : Severity.WARN,
                words.text(isWanted ? "." : advice()),
                (double) lost.size() + unknown.size(),
                Double.NaN));
    }

    private boolean isRemoved(String label) {
        return !classes.isEmpty() && !classes.contains(label);
    }

    private Wording lost() {
        Map.Entry<String, Long> first = lost.get(0);
        if (lost.size() == 1) {
            return Wording.of("Class '" + first.getKey() + "' had " + Plural.of(first.getValue(), "label", "labels")
                    + " in run " + before.runId() + " and has none now"
                    + (isRemoved(first.getKey()) ? ", since it was removed from the settings" : ""));
        }
        return Wording.of(lost.size() + " classes had labels in run " + before.runId() + " and have none now:")
                .text(" "
                        + lost.stream()
                                .limit(NAMED)
                                .map(label -> "'" + label.getKey() + "' (" + label.getValue()
                                        + (isRemoved(label.getKey()) ? ", removed from the settings)" : ")"))
                                .collect(Collectors.joining(", "))
                        + (lost.size() > NAMED ? ", …" : ""));
    }

    private Wording firstTime() {
        return Wording.of(Plural.of(unknown.size(), "label was", "labels were") + " rejected that run " + before.runId()
                        + " did not have:")
                .text(" ");
    }

    private String unknown() {
        return unknown.size() == 1
                ? "label '" + unknown.get(0).getKey() + "', which is not among the classes, was rejected "
                        + times(unknown.get(0).getValue())
                : "labels " + named(unknown) + ", which are not among the classes, were rejected";
    }

    private String added() {
        return added.isEmpty()
                ? ""
                : Plural.word(added.size(), "class ", "classes ")
                        + named(added)
                        + Plural.word(added.size(), " is new", " are new");
    }

    private static String named(List<Map.Entry<String, Long>> labels) {
        return labels.stream()
                        .limit(NAMED)
                        .map(label -> "'" + label.getKey() + "' (" + times(label.getValue()) + ")")
                        .collect(Collectors.joining(", "))
                + (labels.size() > NAMED ? ", …" : "");
    }

    private static String times(long count) {
        return count == 1 ? "once" : count + " times";
    }

    private String advice() {
        if (!unknown.isEmpty()
                && unknown.stream().allMatch(label -> before.accepted().containsKey(label.getKey()))) {
            return ": add it to the classes again, or leave its labels out of the annotations-query.";
        }
        return unknown.isEmpty() && added.isEmpty()
                ? "; check whether its labels still arrive, and whether they are spelled as before."
                : SPELLING;
    }
}
