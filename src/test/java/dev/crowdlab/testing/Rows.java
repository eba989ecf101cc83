package dev.crowdlab.testing;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** Rows for a table of a test database, whatever their values hold. */
public final class Rows {

    /** Columns of the built-in tables, in the order in which tests give them. */
    public static final String ANNOTATION =
            "crowdlab.annotation (dataset, example_id, annotator_id, label, annotated_at)";

    public static final String PREDICTION = "crowdlab.prediction (dataset, model, example_id, label, probability)";

    private final List<String> lines = new ArrayList<>();

    public Rows add(@Nullable Object... values) {
        List<String> fields = new ArrayList<>();
        for (Object value : values) {
            fields.add(value == null ? "" : '"' + value.toString().replace("\"", "\"\"") + '"');
        }
        lines.add(String.join(",", fields) + "\n");
        return this;
    }

    public Rows shuffle(Random random) {
        Collections.shuffle(lines, random);
        return this;
    }

    /** Appends the rows, in their order. */
    public void copyTo(TestDatabase database, String target) throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy " + target + " from stdin csv", new StringReader(String.join("", lines)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
