package dev.crowdlab.report.query;

import dev.crowdlab.report.figures.ReviewFigures.ModelLabel;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Columns of a result as the figures have them. */
final class Columns {

    private Columns() {}

    /** A number; NaN for NULL. */
    static double number(ResultSet row, int column) throws SQLException {
        Double value = row.getObject(column, Double.class);
        return value == null ? Double.NaN : value;
    }

    /** A moment that is never NULL. */
    static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** A moment, if there is one. */
    static Optional<Instant> optionalInstant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    /** An array of texts; empty for NULL. */
    static List<String> texts(ResultSet row, int column) throws SQLException {
        Array array = row.getArray(column);
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }

    /** The models' label and its probability in two columns; NULL: unknown. */
    static ModelLabel model(ResultSet row, int column) throws SQLException {
        String label = row.getString(column);
        return label == null ? ModelLabel.NONE : new ModelLabel(label, number(row, column + 1));
    }

    /** A text; empty for NULL. */
    static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
