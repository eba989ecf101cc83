package dev.crowdlab.spark;

import dev.crowdlab.input.AnnotationCopy;
import dev.crowdlab.input.GoldCopy;
import dev.crowdlab.input.IdEncoding;
import dev.crowdlab.input.PredictionCopy;
import dev.crowdlab.settings.DatasetSetting;
import dev.crowdlab.settings.DatasetSettings;
import dev.crowdlab.settings.SourceTables;
import dev.crowdlab.settings.WrittenSettings;
import dev.crowdlab.spark.RowEncoding.Field;
import dev.crowdlab.spark.TableInput.Table;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;

/**
 * Inspects the columns of a dataset's tables without reading a row, and reports every problem: a table that is not
 * there, a missing column, an unsuitable type.
 */
final class TableInspection {

    private final SparkSession session;
    private final DatasetSettings dataset;
    private final List<String> problems = new ArrayList<>();

    private TableInspection(SparkSession session, DatasetSettings dataset) {
        this.session = session;
        this.dataset = dataset;
    }

    /**
     * What was found.
     *
     * @param input how the tables are read; empty if there are problems
     * @param problems why they cannot be read, one sentence each
     */
    record Outcome(Optional<TableInput> input, List<String> problems) {}

    /** Inspects the tables of a dataset. */
    static Outcome inspect(SparkSession session, DatasetSettings dataset, SourceTables tables) {
        TableInspection inspection = new TableInspection(session, dataset);
        Table<AnnotationCopy> annotations = inspection.annotations(tables.annotations());
        Table<PredictionCopy> predictions = inspection.predictions(tables.predictions());
        Table<GoldCopy> gold = inspection.gold(tables.gold());
        return annotations == null || !inspection.problems.isEmpty()
                ? new Outcome(Optional.empty(), List.copyOf(inspection.problems))
                : new Outcome(Optional.of(new TableInput(annotations, predictions, gold)), List.of());
    }

    private @Nullable Table<AnnotationCopy> annotations(String name) {
        Columns columns = open(DatasetSetting.ANNOTATIONS_TABLE.name(), name);
        if (columns == null) {
            return null;
        }
        IdEncoding example = columns.id("example_id");
        IdEncoding annotator = columns.id("annotator_id");
        IdEncoding label = columns.id("label");
        if (columns.types.has("annotator_kind")) {
            columns.problem(SparkRuns.KINDS);
        }
        boolean isTimed = columns.types.has("annotated_at");
        if (isTimed) {
            columns.time("annotated_at");
        }
        return columns.table(
                new AnnotationCopy("", example, annotator, label, isTimed, columns.types.zonelessType("annotated_at")));
    }

    private @Nullable Table<PredictionCopy> predictions(@Nullable String name) {
        Columns columns = name == null ? null : open(DatasetSetting.PREDICTIONS_TABLE.name(), name);
        if (columns == null) {
            return null;
        }
        IdEncoding example = columns.id("example_id");
        IdEncoding model = columns.types.has("model") ? columns.id("model") : null;
        if (!columns.types.has("probabilities")) {
            IdEncoding label = columns.id("label");
            columns.number("probability");
            return columns.table(new PredictionCopy("", example, model, label));
        }
        if (columns.types.has("label") || columns.types.has("probability")) {
            columns.problem("has probabilities as well as label or probability; give one form or the other");
        }
        if (dataset.inputRules().classes().isEmpty()) {
            columns.problem("has probabilities as an array of unknown order; list the classes in that order as "
                    + WrittenSettings.nameOf(dataset.name(), DatasetSetting.CLASSES));
        }
        columns.numbers("probabilities");
        return columns.table(new PredictionCopy("", example, model, null));
    }

    private @Nullable Table<GoldCopy> gold(@Nullable String name) {
        Columns columns = name == null ? null : open(DatasetSetting.GOLD_TABLE.name(), name);
        if (columns == null) {
            return null;
        }
        IdEncoding example = columns.id("example_id");
        IdEncoding label = columns.id("label");
        return columns.table(new GoldCopy("", example, label));
    }

    private @Nullable Columns open(String key, String name) {
        String setting = "crowdlab.datasets." + dataset.name() + "." + key;
        try {
            boolean isPath = name.indexOf('`') < 0 && (name.indexOf('/') >= 0 || name.endsWith(".parquet"));
            return new Columns(setting, isPath ? session.read().parquet(name) : session.table(name));
        } catch (Exception e) { // Spark's analysis throws checked ones that it does not declare
            problems.add(setting + ": '" + name + "' cannot be read; Spark: " + TableTypes.firstSentence(e));
            return null;
        }
    }

    /** The columns of a table as they are read. */
    private final class Columns {

        private final String setting;
        private final Dataset<Row> rows;
        private final TableTypes types;
        private final List<Column> read = new ArrayList<>();
        private final List<Field> fields = new ArrayList<>();

        Columns(String setting, Dataset<Row> rows) {
            this.setting = setting;
            this.rows = rows;
            types = new TableTypes(rows.schema());
        }

        void problem(String sentence) {
            problems.add(setting + ": " + sentence);
        }

        private boolean isUsable(String name, Optional<Field> field, String description) {
            if (!types.has(name)) {
                problem("has no column " + name + "; it has " + types.names());
            } else if (types.isRepeated(name)) {
                problem("has more than one column named " + name);
            } else if (field.isEmpty()) {
                problem("has column " + name + " of type " + types.of(name) + ", which is not " + description
                        + "; name a view that casts it");
            } else {
                return true;
            }
            return false;
        }

        private void add(Field field, Column column) {
            fields.add(field);
            read.add(column);
        }

        IdEncoding id(String name) {
            Optional<Field> field = types.id(name);
            if (isUsable(name, field, "a text, a whole or decimal number, a boolean or a date")) {
                Column column = rows.col(name);
                switch (field.orElseThrow()) {
                    case WHOLE -> add(Field.WHOLE, column.cast("long"));
                    case DECIMAL -> add(Field.DECIMAL, column);
                    default -> add(Field.TEXT, column.cast("string"));
                }
            }
            return field.filter(Field.WHOLE::equals).isPresent() ? IdEncoding.INTEGER : IdEncoding.TEXT;
        }

        void time(String name) {
            if (isUsable(name, types.time(name), "a date or timestamp")) {
                add(Field.TIME, functions.unix_micros(rows.col(name).cast("timestamp")));
            }
        }

        void number(String name) {
            if (isUsable(name, types.number(name), "a number")) {
                add(Field.NUMBER, rows.col(name).cast("double"));
            }
        }

        void numbers(String name) {
            if (isUsable(name, types.numbers(name), "an array of numbers")) {
                add(Field.NUMBERS, rows.col(name).cast("array<double>"));
            }
        }

        <C extends Serializable> Table<C> table(C copy) {
            return new Table<>(rows.select(read.toArray(Column[]::new)), new RowEncoding(setting, fields), copy);
        }
    }
}
