package dev.crowdlab.init;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** What a column may be used for, by its name and type. The patterns of a role are in order: the first fits best. */
enum ColumnRole {
    EXAMPLE(
            Kind.PLAIN,
            "example_?id",
            "(example|task|item|sample|document|doc|image|ticket|question|record|sentence|unit|object|message)_?(id|key|uuid|ref)",
            "(example|task|item|sample|document|doc|image|ticket|question|record|unit)",
            "(review|comment|post|article|text|prompt|response|utterance|case|product)_?(id|key|uuid|ref)",
            "external_?(id|ref)"),
    ANNOTATOR(
            Kind.PLAIN,
            "annotator(_?(id|name|email))?",
            "(worker|labell?er|rater|coder|judge|reviewer|assessor|grader)(_?(id|name|email|ref))?",
            "(user|member|employee|person|agent)(_?(id|name|email|ref))?",
            "(completed|created|annotated|labell?ed|submitted)_?by(_?id)?",
            "author(_?id)?"),
    LABEL(
            Kind.PLAIN,
            "label(_?(name|value))?",
            "(predicted|pred|top)_?(label|class|category)",
            "(answer|choice|class|category|annotation|vote|verdict|rating|grade|decision)(_?(name|value|label))?",
            "(label|class|category|choice|answer)_?id",
            "(sentiment|intent|topic|emotion|stance|relevance)(_?label)?",
            "value|prediction"),
    TIME(
            Kind.TIME,
            "annotated_?(at|on|time)",
            "(labell?ed|submitted|completed|answered|voted|rated|judged|reviewed|graded)_?(at|on|time)",
            "(created|updated|inserted)_?(at|on|time)?",
            "timestamp|time|date"),
    MODEL(Kind.PLAIN, "model(_?(name|version|id))?", "classifier(_?(name|version|id))?"),
    PROBABILITY(Kind.NUMBER, Names.PROBABILITIES),
    /** An array of numbers. */
    PROBABILITIES(Kind.NUMBERS, Names.PROBABILITIES),
    /** A document in JSON: an object with a number for each class, or an array of numbers. */
    DOCUMENT(Kind.JSON, Names.PROBABILITIES);

    /** Patterns that several roles have in common. */
    private static final class Names {

        /** Whether one is meant or one for each class is seen by the type, since both names are used for both. */
        static final String PROBABILITIES = "prob(abilit(y|ies))?s?|probas?|p confidences? scores?|likelihoods?"
                + " (class|label|pred(icted|iction)?|predict|model|top|max|soft)_?(prob(abilit(y|ies))?s?|probas?|confidences?|scores?)"
                + " conf|certainty|distribution|softmax|posteriors?|soft_?labels?";
    }

    /** Which types of columns are suitable. */
    private enum Kind {
        PLAIN,
        TIME,
        NUMBER,
        NUMBERS,
        JSON
    }

    private static final List<String> JSON = List.of("json", "jsonb");
    private static final List<String> NO_TEXT = List.of("json", "jsonb", "xml", "bytea", "tsvector");
    private static final List<String> NUMBERS = List.of("float4", "float8", "numeric");

    private final Kind kind;

    /** Separated by blanks. */
    private final String names;

    ColumnRole(Kind kind, String... names) {
        this.kind = kind;
        this.names = String.join(" ", names);
    }

    /** What it is called in a sentence. */
    String noun() {
        return switch (this) {
            case EXAMPLE -> "an example";
            case ANNOTATOR -> "an annotator";
            case LABEL -> "a label";
            case TIME -> "a time";
            case MODEL -> "a model";
            case PROBABILITY, PROBABILITIES, DOCUMENT -> "a probability";
        };
    }

    /** Whether a column of the type may hold a label, whatever it is called; a number with a fraction is rather a score. */
    static boolean isLabelType(String type) {
        return LABEL.takes(type) && !NUMBERS.contains(type);
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
            case JSON -> JSON.contains(type);
        };
    }
}
