package dev.crowdlab.results;

import dev.crowdlab.dataset.id.Utf8Texts;
import dev.crowdlab.results.SummaryTable.Column;
import dev.crowdlab.results.SummaryTable.Writing;
import dev.crowdlab.results.copy.FieldType;
import dev.crowdlab.results.copy.Grain;
import dev.crowdlab.results.copy.Kept;
import dev.crowdlab.results.copy.ResultColumn;
import dev.crowdlab.results.copy.ResultTableDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a summary table in their order, after run_id, those of the key first. Each is a name and a function of
 * the rows and the number of a row, whose result gives the column its type; nothing is boxed on the way.
 *
 * @param <S> what the rows of a run are read from
 */
final class SummaryColumns<S> {

    private final String name;
    private final Kept kept;
    private final Function<RunResults, Optional<S>> source;
    private final ToIntFunction<S> rowCount;
    private final List<Column<S>> columns = new ArrayList<>();
    private Grain grain = Grain.OTHER;
    private Writing writing = new Writing(Optional.empty(), false);
    private Optional<RunFeature> feature = Optional.empty();
    private boolean isKey = true;

    private SummaryColumns(
            String name, Kept kept, Function<RunResults, Optional<S>> source, ToIntFunction<S> rowCount) {
        this.name = name;
        this.kept = kept;
        this.source = source;
        this.rowCount = rowCount;
    }

    /**
     * Begins a table.
     *
     * @param source what the rows are read from; empty for a table without rows
     */
    static <S> SummaryColumns<S> of(
            String name, Kept kept, Function<RunResults, Optional<S>> source, ToIntFunction<S> rowCount) {
        return new SummaryColumns<>(name, kept, source, rowCount);
    }

    /** A number that fits into four bytes. */
    @FunctionalInterface
    interface IntField<S> {
        int of(S rows, int row);
    }

    /** A number that fits into eight bytes. */
    @FunctionalInterface
    interface LongField<S> {
        long of(S rows, int row);
    }

    /** A floating-point number. */
    @FunctionalInterface
    interface DoubleField<S> {
        double of(S rows, int row);
    }

    /** A truth value. */
    @FunctionalInterface
    interface BooleanField<S> {
        boolean of(S rows, int row);
    }

    /** Something else; as a text, null becomes NULL. */
    @FunctionalInterface
    interface ObjectField<S, T extends @Nullable Object> {
        T of(S rows, int row);
    }

    /** Only a run with the feature writes the table. */
    SummaryColumns<S> writtenWith(RunFeature needed) {
        writing = new Writing(Optional.of(needed), writing.usesScores());
        return this;
    }

    /** The table is written after the scores of ActiveLab have been computed. */
    SummaryColumns<S> afterScores() {
        writing = new Writing(writing.feature(), true);
        return this;
    }

    /** What there is one row for. */
    SummaryColumns<S> oneRowPer(Grain what) {
        grain = what;
        return this;
    }

    /** The columns so far are the key, in whose order the rows come. */
    SummaryColumns<S> keyEndsHere() {
        isKey = false;
        return this;
    }

    /** Only a run with the feature writes the columns that follow; the digests of others do not cover them. */
    SummaryColumns<S> columnsWith(RunFeature needed) {
        feature = Optional.of(needed);
        return this;
    }

    SummaryColumns<S> text(String column, ObjectField<S, @Nullable String> text) {
        return text(column, FieldType.TEXT, text);
    }

    /** The id of an annotator. */
    SummaryColumns<S> annotator(String column, ObjectField<S, @Nullable String> text) {
        return text(column, FieldType.ANNOTATOR, text);
    }

    /** The id of an example. */
    SummaryColumns<S> example(String column, ObjectField<S, @Nullable String> text) {
        return text(column, FieldType.EXAMPLE, text);
    }

    private SummaryColumns<S> text(String column, FieldType type, ObjectField<S, @Nullable String> text) {
        return add(column, type, (rows, row, target) -> target.text(text.of(rows, row)));
    }

    /** A text that is one of many that are already encoded; NULL where its index is negative. */
    SummaryColumns<S> text(String column, ObjectField<S, Utf8Texts> texts, IntField<S> index) {
        return text(column, FieldType.TEXT, texts, index);
    }

    /** The id of an annotator, as one of many. */
    SummaryColumns<S> annotator(String column, ObjectField<S, Utf8Texts> texts, IntField<S> index) {
        return text(column, FieldType.ANNOTATOR, texts, index);
    }

    /** The id of an example, as one of many. */
    SummaryColumns<S> example(String column, ObjectField<S, Utf8Texts> texts, IntField<S> index) {
        return text(column, FieldType.EXAMPLE, texts, index);
    }

    private SummaryColumns<S> text(String column, FieldType type, ObjectField<S, Utf8Texts> texts, IntField<S> index) {
        return add(column, type, (rows, row, target) -> {
            int found = index.of(rows, row);
            if (found < 0) {
                target.nullField();
            } else {
                target.text(texts.of(rows, row), found);
            }
        });
    }

    SummaryColumns<S> integer(String column, IntField<S> value) {
        return add(column, FieldType.INTEGER, (rows, row, target) -> target.integer(value.of(rows, row)));
    }

    SummaryColumns<S> integerOrNull(String column, ObjectField<S, OptionalInt> value) {
        return add(column, FieldType.INTEGER, (rows, row, target) -> value.of(rows, row)
                .ifPresentOrElse(target::integer, target::nullField));
    }

    SummaryColumns<S> bigint(String column, LongField<S> value) {
        return add(column, FieldType.BIGINT, (rows, row, target) -> target.bigint(value.of(rows, row)));
    }

    SummaryColumns<S> bigintOrNull(String column, ObjectField<S, OptionalLong> value) {
        return add(column, FieldType.BIGINT, (rows, row, target) -> value.of(rows, row)
                .ifPresentOrElse(target::bigint, target::nullField));
    }

    SummaryColumns<S> number(String column, DoubleField<S> value) {
        return add(column, FieldType.DOUBLE, (rows, row, target) -> target.number(value.of(rows, row)));
    }

    /** A number that is NULL where it is NaN. */
    SummaryColumns<S> numberOrNull(String column, DoubleField<S> value) {
        return add(column, FieldType.DOUBLE, (rows, row, target) -> target.numberOrNull(value.of(rows, row)));
    }

    SummaryColumns<S> bool(String column, BooleanField<S> value) {
        return add(column, FieldType.BOOLEAN, (rows, row, target) -> target.bool(value.of(rows, row)));
    }

    /** In days since 2000-01-01. */
    SummaryColumns<S> date(String column, IntField<S> value) {
        return add(column, FieldType.DATE, (rows, row, target) -> target.integer(value.of(rows, row)));
    }

    /** As {@link dev.crowdlab.dataset.AnnotationTimes} has it; NULL where it is unknown. */
    SummaryColumns<S> timeOrNull(String column, LongField<S> value) {
        return add(column, FieldType.TIMESTAMP, (rows, row, target) -> target.timeOrNull(value.of(rows, row)));
    }

    /** Adds columns that several tables have. */
    SummaryColumns<S> and(Function<SummaryColumns<S>, SummaryColumns<S>> more) {
        return more.apply(this);
    }

    private SummaryColumns<S> add(String column, FieldType type, SummaryTable.Field<S> field) {
        columns.add(new Column<>(new ResultColumn(column, type, isKey), feature, field));
        return this;
    }

    /** The table with these columns. */
    SummaryTable<S> table() {
        ResultTableDefinition definition = ResultTableDefinition.of(name, kept).oneRowPer(grain);
        for (Column<S> column : columns) {
            definition = definition.with(column.column());
        }
        return new SummaryTable<>(definition, source, rowCount, columns, writing);
    }
}
