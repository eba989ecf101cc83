package dev.crowdlab.init;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A table or view that may be read.
 *
 * @param columns in their order
 */
record FoundTable(String schema, String name, List<FoundColumn> columns) {

    private static final String IN_QUERY = "%s as %s";

    private static final List<ColumnRole> OF_ANNOTATIONS =
            List.of(ColumnRole.EXAMPLE, ColumnRole.ANNOTATOR, ColumnRole.LABEL);

    /** What predictions may look like, the best first. */
    private static final List<List<ColumnRole>> OF_PREDICTIONS = List.of(
            List.of(ColumnRole.EXAMPLE, ColumnRole.LABEL, ColumnRole.PROBABILITY),
            List.of(ColumnRole.EXAMPLE, ColumnRole.PROBABILITIES),
            List.of(ColumnRole.EXAMPLE, ColumnRole.DOCUMENT));

    /** Reads numbers by the keys of an object, and those of an array by the configured classes. */
    private static final String OF_DOCUMENT = """
            cross join lateral (
                select o.key as label, o.value::float8 as probability
                from jsonb_each_text(case jsonb_typeof(%1$s) when 'object' then %1$s end) o
                union all
                select c.label, e.value::float8
                from unnest(current_setting('crowdlab.classes')::text[]) with ordinality c (label, place)
                join jsonb_array_elements_text(case jsonb_typeof(%1$s) when 'array' then %1$s end)
                    with ordinality e (value, place) on e.place = c.place
            ) p""";

    /**
     * What a table can be used for.
     *
     * @param table the table
     * @param columns the columns by role
     * @param rank the lower, the better its names fit
     */
    public record Use(FoundTable table, Map<ColumnRole, FoundColumn> columns, int rank) {

        /** The query that reads it. */
        String query() {
            return query("\n", OF_DOCUMENT);
        }

        /** The same on one line, if no name in it has several. */
        String queryOnOneLine() {
            return query(" ", OF_DOCUMENT.replaceAll("\n *", " "));
        }

        private String query(String separator, String ofDocument) {
            Optional<String> document = column(ColumnRole.DOCUMENT);
            String selected = columns.entrySet().stream()
                    .filter(column -> column.getKey() != ColumnRole.DOCUMENT)
                    .map(column ->
                            IN_QUERY.formatted(reference(column.getValue().name()), target(column.getKey())))
                    .collect(Collectors.joining(", "));
            return document.isEmpty()
                    ? "select " + selected + separator + "from " + table.reference()
                    : "select " + selected + ", p.label, p.probability" + separator + "from " + table.reference() + " t"
                            + separator + ofDocument.formatted(reference(document.get()) + "::jsonb");
        }

        /** A condition on the rows that may be meant, if some of the columns look as if not all of them were. */
        Optional<String> filter() {
            String conditions = table.columns.stream()
                    .filter(column -> !columns.containsValue(column))
                    .flatMap(column -> RowFilter.condition(column, reference(column.name())).stream())
                    .collect(Collectors.joining(" and "));
            return Optional.of(conditions).filter(text -> !text.isEmpty());
        }

        private String reference(String column) {
            return (columns.containsKey(ColumnRole.DOCUMENT) ? "t." : "") + quoted(column);
        }

        /** Whether the classes must be configured before it can be read. */
        boolean needsClasses() {
            return columns.containsKey(ColumnRole.PROBABILITIES);
        }

        /** The column of a role that it has. */
        FoundColumn of(ColumnRole role) {
            return Objects.requireNonNull(columns.get(role), role.name());
        }

        /** The column of the role. */
        Optional<String> column(ColumnRole role) {
            return Optional.ofNullable(columns.get(role)).map(FoundColumn::name);
        }
    }

    /** How it serves as annotations; empty: not at all. */
    Optional<Use> asAnnotations() {
        return use(OF_ANNOTATIONS, ColumnRole.TIME);
    }

    /** How it serves as predictions; empty: not at all. */
    Optional<Use> asPredictions() {
        return OF_PREDICTIONS.stream()
                .flatMap(needed -> use(needed, ColumnRole.MODEL).stream())
                .findFirst();
    }

    /** Whether it has predictions even if it also looks like annotations. */
    boolean isOfModels() {
        return asPredictions().isPresent() && best(ColumnRole.MODEL).isPresent();
    }

    private Optional<Use> use(List<ColumnRole> needed, ColumnRole welcome) {
        Map<ColumnRole, FoundColumn> chosen = new EnumMap<>(ColumnRole.class);
        int rank = 0;
        for (ColumnRole role : needed) {
            Optional<FoundColumn> column = best(role);
            if (column.isEmpty()) {
                return Optional.empty();
            }
            chosen.put(role, column.get());
            rank += role.rank(column.get()).orElse(0);
        }
        best(welcome).ifPresent(column -> chosen.put(welcome, column));
        return Optional.of(new Use(this, chosen, rank));
    }

    /** The column that fits a role best; empty: none does. */
    Optional<FoundColumn> best(ColumnRole role) {
        return columns.stream()
                .filter(column -> role.rank(column).isPresent())
                .min(Comparator.comparing(column -> role.rank(column).orElse(0)));
    }

    /** The roles for which no column is suitable: those of predictions if there is a probability, else of annotations. */
    List<ColumnRole> missing() {
        return OF_PREDICTIONS.stream()
                .filter(needed -> best(needed.get(needed.size() - 1)).isPresent())
                .map(this::missing)
                .min(Comparator.comparing(List::size))
                .orElseGet(() -> missing(OF_ANNOTATIONS));
    }

    private List<ColumnRole> missing(List<ColumnRole> needed) {
        return needed.stream().filter(role -> best(role).isEmpty()).toList();
    }

    /** Schema and name, quoted where they must be. */
    String reference() {
        return quoted(schema) + "." + quoted(name);
    }

    /** An identifier as SQL takes it. */
    static String quoted(String name) {
        return name.matches("[a-z_][a-z0-9_]*") && !ReservedWords.contains(name)
                ? name
                : '"' + name.replace("\"", "\"\"") + '"';
    }

    private static String target(ColumnRole role) {
        return switch (role) {
            case EXAMPLE -> "example_id";
            case ANNOTATOR -> "annotator_id";
            case LABEL -> "label";
            case TIME -> "annotated_at";
            case MODEL -> "model";
            case PROBABILITY -> "probability";
            case PROBABILITIES, DOCUMENT -> "probabilities";
        };
    }
}
