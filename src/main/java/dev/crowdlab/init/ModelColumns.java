package dev.crowdlab.init;

import dev.crowdlab.dataset.id.ModelNames;
import dev.crowdlab.init.FoundTable.Use;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A table with a row for each example and a column for each language model that labeled it.
 *
 * @param table the table
 * @param example the column that names the example
 * @param time the column that says when; empty: there is none
 * @param machines the columns of labels by the name of their model
 */
public record ModelColumns(
        FoundTable table, FoundColumn example, Optional<FoundColumn> time, Map<String, FoundColumn> machines) {

    private static final String LABELS =
            "labels?|answer|prediction|pred|class|category|vote|verdict|rating|grade|choice|annotation"
                    + "|judge?ment|decision|output";

    private static final Pattern NAME = Pattern.compile(
            "(?:(?:" + LABELS + ")_(?:by_|of_|from_)?)?(.+?)(?:_(?:" + LABELS + "))?", Pattern.CASE_INSENSITIVE);

    private static final List<String> TEXTS = List.of("text", "varchar", "bpchar", "citext", "name");
    private static final List<String> INTEGERS = List.of("int2", "int4", "int8");

    /** What there is of it in a table; empty if nothing is, or its rows are labels of annotators. */
    static Optional<ModelColumns> of(FoundTable table) {
        Optional<FoundColumn> example = table.best(ColumnRole.EXAMPLE).or(() -> ownId(table));
        if (example.isEmpty() || table.best(ColumnRole.ANNOTATOR).isPresent()) {
            return Optional.empty();
        }
        Map<String, FoundColumn> machines = new LinkedHashMap<>();
        table.columns().stream()
                .filter(column -> ColumnRole.isLabelType(column.type()))
                .forEach(column -> machine(column.name()).ifPresent(name -> machines.putIfAbsent(name, column)));
        return machines.isEmpty()
                ? Optional.empty()
                : Optional.of(new ModelColumns(table, example.get(), table.best(ColumnRole.TIME), machines));
    }

    /** The id of a table whose rows are the examples themselves. */
    private static Optional<FoundColumn> ownId(FoundTable table) {
        return table.columns().stream()
                .filter(column -> column.name().equalsIgnoreCase("id"))
                .findFirst();
    }

    private static Optional<String> machine(String column) {
        Matcher name = NAME.matcher(column);
        return Optional.of(name)
                .filter(Matcher::matches)
                .map(found -> found.group(1))
                .filter(ModelNames::isName)
                .map(text -> text.replace('_', '-'));
    }

    /** The name of the column of the example. */
    String exampleName() {
        return example.name();
    }

    /** The ids that the models get as annotators. */
    public List<String> names() {
        return List.copyOf(machines.keySet());
    }

    /** The query for labels by people, and for those in the columns, a row each; texts where types may differ. */
    String queryWith(Use people) {
        FoundColumn personsExample = people.of(ColumnRole.EXAMPLE);
        boolean isCast = !kind(personsExample).equals(kind(example));
        Optional<FoundColumn> when = Optional.ofNullable(people.columns().get(ColumnRole.TIME));
        return "select " + reference("", personsExample, isCast) + " as example_id, "
                + asText("", people.of(ColumnRole.ANNOTATOR)) + " as annotator_id, "
                + asText("", people.of(ColumnRole.LABEL)) + " as label"
                + when.map(column -> ", " + reference("", column, false) + " as annotated_at")
                        .orElse("")
                + "\nfrom " + people.table().reference()
                + people.filter().map(condition -> "\n-- where " + condition).orElse("")
                + "\nunion all\nselect " + reference("t.", example, isCast) + ", m.machine, m.label"
                + when.map(column -> ", " + timeAs(column.type())).orElse("")
                + "\nfrom " + table.reference() + " t\ncross join lateral (values\n    "
                + machines.entrySet().stream()
                        .map(machine -> "('" + machine.getKey() + "', " + asText("t.", machine.getValue()) + ")")
                        .collect(Collectors.joining(",\n    "))
                + "\n) m (machine, label)\nwhere m.label is not null";
    }

    private String timeAs(String type) {
        return time.filter(column -> column.type().equals(type))
                .map(column -> reference("t.", column, false))
                .orElse("null::" + type);
    }

    private static String asText(String of, FoundColumn column) {
        return reference(of, column, !TEXTS.contains(column.type()));
    }

    private static String reference(String of, FoundColumn column, boolean isCast) {
        return of + FoundTable.quoted(column.name()) + (isCast ? "::text" : "");
    }

    private static String kind(FoundColumn column) {
        return TEXTS.contains(column.type()) ? "text" : INTEGERS.contains(column.type()) ? "integer" : column.type();
    }
}
