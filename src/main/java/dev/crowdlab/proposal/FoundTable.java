package dev.crowdlab.proposal;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table or view that may be read.
 *
 * @param columns in their order
 */
record FoundTable(String schema, String name, List<FoundColumn> columns) {

    private static final String IN_QUERY = "%s as %s";

    /**
     * What a table can be used for.
     *
     * @param table the table
     * @param columns the columns by role
     * @param rank the lower, the better its names fit
     */
    record Use(FoundTable table, Map<ColumnRole, String> columns, int rank) {

        /** The query that reads it. */
        String query() {
            List<String> selected = columns.entrySet().stream()
                    .map(column -> IN_QUERY.formatted(quoted(column.getValue()), target(column.getKey())))
                    .toList();
            return "select " + String.join(", ", selected) + "\nfrom " + table.reference();
        }

        /** The column of the role. */
        Optional<String> column(ColumnRole role) {
            return Optional.ofNullable(columns.get(role));
        }
    }

    /** How it serves as annotations; empty: not at all. */
    Optional<Use> asAnnotations() {
        return use(List.of(ColumnRole.EXAMPLE, ColumnRole.ANNOTATOR, ColumnRole.LABEL), List.of(ColumnRole.TIME));
    }

    /** How it serves as predictions; empty: not at all. */
    Optional<Use> asPredictions() {
        Optional<Use> rows =
                use(List.of(ColumnRole.EXAMPLE, ColumnRole.LABEL, ColumnRole.PROBABILITY), List.of(ColumnRole.MODEL));
        return rows.isPresent()
                ? rows
                : use(List.of(ColumnRole.EXAMPLE, ColumnRole.PROBABILITIES), List.of(ColumnRole.MODEL));
    }

    private Optional<Use> use(List<ColumnRole> needed, List<ColumnRole> welcome) {
        Map<ColumnRole, String> chosen = new EnumMap<>(ColumnRole.class);
        int rank = 0;
        for (ColumnRole role : needed) {
            Optional<FoundColumn> column = best(role);
            if (column.isEmpty()) {
                return Optional.empty();
            }
            chosen.put(role, column.get().name());
            rank += role.rank(column.get()).orElse(0);
        }
        for (ColumnRole role : welcome) {
            best(role).ifPresent(column -> chosen.put(role, column.name()));
        }
        return Optional.of(new Use(this, chosen, rank));
    }

    private Optional<FoundColumn> best(ColumnRole role) {
        return columns.stream()
                .filter(column -> role.rank(column).isPresent())
                .min(Comparator.comparing(column -> role.rank(column).orElse(0)));
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
            case PROBABILITIES -> "probabilities";
        };
    }
}
