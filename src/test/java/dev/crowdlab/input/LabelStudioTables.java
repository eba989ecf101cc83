package dev.crowdlab.input;

import static java.util.Objects.requireNonNull;

import dev.crowdlab.testing.Warehouse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;

/** A database that Label Studio and this program share. */
public final class LabelStudioTables {

    private LabelStudioTables() {}

    /** Makes the tables of Label Studio, with three projects in them. */
    public static void fill(Warehouse warehouse) throws SQLException, IOException {
        warehouse.execute(text("label-studio.sql"), text("label-studio-rows.sql"));
    }

    static String text(String resource) throws IOException {
        try (InputStream content = requireNonNull(LabelStudioTables.class.getResourceAsStream(resource), resource)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
