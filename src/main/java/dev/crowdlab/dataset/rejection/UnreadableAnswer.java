package dev.crowdlab.dataset.rejection;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The labels that queries for labeling tools make of answers that are not one label: a JSON array of several, and
 * <code>{"type": "taxonomy"}</code> for an answer of a type that is not read.
 */
final class UnreadableAnswer {

    private static final Pattern TYPE = Pattern.compile("\\{\"type\": \"(.+)\"}");

    private static final Pattern SEVERAL = Pattern.compile("\\[[\"0-9].*, .*]", Pattern.DOTALL);

    private static final String SEVERAL_LABELS = "several labels";

    private UnreadableAnswer() {}

    /** What the label stands for: several labels, or the name of a type; empty if it is an ordinary label. */
    static Optional<String> kind(String label) {
        Matcher type = TYPE.matcher(label);
        if (type.matches()) {
            return Optional.of(type.group(1));
        }
        return SEVERAL.matcher(label).matches() ? Optional.of(SEVERAL_LABELS) : Optional.empty();
    }

    /** How many of the rows have which kind of label; empty if most have another. */
    static Optional<String> summary(List<RejectedRow> rows) {
        Map<String, Long> kinds = rows.stream()
                .filter(row -> row.reason() == RejectionReason.UNKNOWN_LABEL)
                .flatMap(row -> Optional.ofNullable(row.label()).flatMap(UnreadableAnswer::kind).stream())
                .collect(Collectors.groupingBy(kind -> kind, TreeMap::new, Collectors.counting()));
        long unreadable = kinds.values().stream().mapToLong(Long::longValue).sum();
        return unreadable == 0 || 2 * unreadable < rows.size()
                ? Optional.empty()
                : Optional.of("answers that cannot be read as one label: "
                        + kinds.entrySet().stream()
                                .map(kind -> kind.getKey() + " " + kind.getValue())
                                .collect(Collectors.joining(", ")));
    }

    /** Why the label was rejected, in place of the sentence about an unknown one. */
    static Optional<String> sentence(String label) {
        return kind(label)
                .map(kind -> kind.equals(SEVERAL_LABELS)
                        ? "label '" + label + "' is a list of several labels, and one is expected"
                        : "the answer is of type " + kind + ", which cannot be read as one label");
    }
}
