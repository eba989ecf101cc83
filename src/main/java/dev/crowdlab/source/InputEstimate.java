package dev.crowdlab.source;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * How much memory a dataset will take, by the rows and widths that PostgreSQL's planner expects of its queries: a rough guess,
 * made without reading. A million examples with three annotations each and ten classes were found to need 420 MiB, with the
 * probabilities in single rows 750 MiB.
 */
public final class InputEstimate {

    private static final double ANNOTATION_BYTES = 64;
    private static final double PREDICTION_BYTES = 64;

    /** An array is in memory as read and as analysed. */
    private static final int ARRAY_COPIES = 2;

    private static final Pattern PLAN =
            Pattern.compile("\"Plan Rows\": (\\d+).*?\"Plan Width\": (\\d+)", Pattern.DOTALL);

    private InputEstimate() {}

    /**
     * The bytes that a dataset will take.
     *
     * @param sessions sessions on the database that the queries are for, set up as for reading
     */
    public static long bytes(DataSource sessions, InputColumns columns) throws SQLException {
        try (Connection connection = sessions.getConnection();
                Statement statement = connection.createStatement()) {
            double bytes = rows(statement, columns.annotations(), ANNOTATION_BYTES, 0);
            if (columns.predictions() != null) {
                bytes += rows(statement, columns.predictions(), PREDICTION_BYTES, columns.arrays() ? ARRAY_COPIES : 0);
            }
            return (long) bytes;
        }
    }

    private static double rows(Statement statement, String copy, double rowBytes, int copies) throws SQLException {
        try (ResultSet plan = statement.executeQuery("explain (format json) " + InputColumns.query(copy))) {
            plan.next();
            Matcher first = PLAN.matcher(plan.getString(1));
            return first.find()
                    ? Double.parseDouble(first.group(1)) * (rowBytes + copies * Double.parseDouble(first.group(2)))
                    : 0;
        }
    }
}
