package dev.crowdlab.proposal;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** What a column may be used for, by its name and type. The patterns of a role are in order: the first fits best. */
enum ColumnRole {
    EXAMPLE(
            Kind.PLAIN,
            "example_?id",
            "(task|item|sample|document|doc|image|ticket|question|record|sentence|unit|object|message)_?(id|key|uuid)",
            "(example|task|item|sample|document|doc|image|ticket|question|record|unit)",
            "external_?id"),
    ANNOTATOR(
            Kind.PLAIN,
            "annotator(_?(id|name|email))?",
            "(worker|labell?er|rater|coder|judge|reviewer)(_?(id|name|email))?",
            "(user|member|employee|person)(_?(id|name|email))?",
            "(completed|created|annotated|labell?ed|submitted)_?by(_?id)?",
            "author(_?id)?"),
    LABEL(
            Kind.PLAIN,
            "label(_?(name|value))?",
            "(answer|choice|class|category|annotation|vote|verdict|rating|decision)(_?(name|value|label))?",
            "(label|class|category|choice|answer)_?id",
            "value"),
    TIME(
            Kind.TIME,
            "annotated_?(at|on|time)",
            "(labell?ed|submitted|completed|answered|voted)_?(at|on|time)",
            "(created|updated|inserted)_?(at|on|time)?",
            "timestamp|time|date"),
    MODEL(Kind.PLAIN, "model(_?(name|version|id))?", "classifier(_?(name|version|id))?"),
    PROBABILITY(Kind.NUMBER, "prob(ability)?", "confidence", "score|likelihood"),
    PROBABILITIES(Kind.NUMBERS, "prob(abilitie)?s", "scores|confidences|distribution|softmax");

    /** Which types of columns are suitable. */
    private enum Kind {
        PLAIN,
        TIME,
        NUMBER,
        NUMBERS
    }

    private static final List<String> NO_TEXT = List.of("json", "jsonb", "xml", "bytea", "tsvector");
    private static final List<String> NUMBERS = List.of("float4", "float8", "numeric");

    private final Kind kind;

    /** Separated by blanks. */
    private final String names;

    ColumnRole(Kind kind, String... names) {
        this.kind = kind;
        this.names = String.join(" ", names);
    }

    /** How well the column fits, 0 best; empty: not at all. */
    Optional<Integer> rank(FoundColumn column) {
        if (!takes(column.type())) {
            return Optional.empty();
        }
        String name = column.name().toLowerCase(Locale.ROOT);
        String[] patterns = names.split(" ", -1);
        return IntStream.range(0, patterns.length)
                .filter(index -> name.matches(patterns[index]))
                .boxed()
                .findFirst();
    }

    private boolean takes(String type) {
        return switch (kind) {
            case PLAIN ->
                !type.startsWith("_")
                        && !NO_TEXT.contains(type)
                        && !type.startsWith("timestamp")
                        && !type.equals("date");
            case TIME -> type.startsWith("timestamp") || type.equals("date");
            case NUMBER -> NUMBERS.contains(type);
            case NUMBERS -> type.startsWith("_") && NUMBERS.contains(type.substring(1));
        };
    }
}
