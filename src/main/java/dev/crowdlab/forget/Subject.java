package dev.crowdlab.forget;

import dev.crowdlab.results.copy.FieldType;
import dev.crowdlab.results.copy.ResultTableDefinition;
import java.util.List;
import java.util.Locale;

/** The annotator or example to forget. */
public record Subject(Kind kind, String id) {

    /** What kind of thing an id names. */
    public enum Kind {
        ANNOTATOR("annotator_id", FieldType.ANNOTATOR),
        EXAMPLE("example_id", FieldType.EXAMPLE);

        private final String column;
        private final FieldType type;

        Kind(String column, FieldType type) {
            this.column = column;
            this.type = type;
        }

        /** The column in the input. */
        String column() {
            return column;
        }

        /** The columns of a table that hold such ids. */
        List<String> columns(ResultTableDefinition definition) {
            return definition.columnsOf(type);
        }

        /** The word for it in messages. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
