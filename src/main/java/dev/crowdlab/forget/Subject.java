package dev.crowdlab.forget;

import dev.crowdlab.results.copy.ResultTableDefinition;
import java.util.List;
import java.util.Locale;

/** The annotator or example to forget. */
public record Subject(Kind kind, String id) {

    /** What kind of thing an id names. */
    public enum Kind {
        ANNOTATOR("annotator_id", "annotator_a", "annotator_b"),
        EXAMPLE("example_id");

        @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
        private final List<String> columns;

        Kind(String... columns) {
            this.columns = List.of(columns);
        }

        /** The column in the input, and in all results but those of pairs. */
        String column() {
            return columns.get(0);
        }

        /** The columns of a table that hold such ids. */
        List<String> columns(ResultTableDefinition definition) {
            return columns.stream().filter(definition.columns()::contains).toList();
        }

        /** The word for it in messages. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
