package dev.crowdlab.input;

import dev.crowdlab.input.AnnotationCopy.Kinds;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Inspects the columns of a dataset's queries, reading no row but to see whether annotator_kind has a value, and reports every problem: a query that fails, a
 * missing or repeated column, an unsuitable type.
 */
public final class QueryInspection {

    private static final Set<String> TIMES = Set.of("timestamptz", "timestamp", "date");
    private static final Set<String> NUMBERS = Set.of("float8", "float4", "numeric", "int2", "int4", "int8");
    private static final Set<String> ARRAYS = Set.of("_float8", "_float4", "_numeric", "_int2", "_int4", "_int8");

    private final String dataset;
    private final boolean hasClasses;
    private final List<String> problems = new ArrayList<>();

    private QueryInspection(String dataset, boolean hasClasses) {
        this.dataset = dataset;
        this.hasClasses = hasClasses;
    }

    /** Either the statements to read with, or at least one problem. */
    public sealed interface Outcome permits Usable, Refused {}

    /** The queries can be read with these statements; the estimate is the expected number of rows. */
    public record Usable(CopyStatements columns, Optional<InputEstimate> estimate) implements Outcome {}

    /** The queries cannot be used; one sentence per problem. */
    public record Refused(List<String> problems) implements Outcome {}

    /**
     * Inspects the queries of a dataset.
     *
     * @param dataSource connections to the database of the queries, set up as for reading
     * @param hasClasses whether the dataset's classes are configured, which arrays require
     * @throws SQLException if no session can be opened, or it is lost
     */
    public static Outcome inspect(DataSource dataSource, String dataset, InputQueries queries, boolean hasClasses)
            throws SQLException {
        QueryInspection inspection = new QueryInspection(dataset, hasClasses);
        try (Connection connection = dataSource.getConnection()) {
            connection.setReadOnly(
                    true); // the driver sends READ ONLY with BEGIN, so it has no effect in autocommit mode
            connection.setAutoCommit(false);
            AnnotationCopy annotations = inspection.annotations(connection, queries);
            PredictionCopy predictions = inspection.predictions(connection, queries.predictions());
            GoldCopy gold = inspection.gold(connection, queries.gold());
            if (annotations == null || !inspection.problems.isEmpty()) {
                return new Refused(List.copyOf(inspection.problems));
            }
            CopyStatements columns = new CopyStatements(annotations, predictions, gold);
            return new Usable(columns, InputEstimate.of(connection, columns));
        }
    }

    /**
     * Inspects the query for the texts of examples, without which a dataset can be run.
     *
     * @return what is wrong with it, one sentence per problem
     * @throws SQLException if no session can be opened, or it is lost
     */
    public static List<String> texts(DataSource dataSource, String dataset, String query) throws SQLException {
        QueryInspection inspection = new QueryInspection(dataset, false);
        try (Connection connection = dataSource.getConnection()) {
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            InspectedQuery described = inspection.describe(connection, "example-text-query", query);
            if (described != null) {
                described.require("example_id", "text");
            }
            return List.copyOf(inspection.problems);
        }
    }

    private @Nullable AnnotationCopy annotations(Connection connection, InputQueries queries) throws SQLException {
        InspectedQuery described = describe(connection, "annotations-query", queries.annotations());
        if (described == null) {
            return null;
        }
        described.require("example_id", "annotator_id", "label");
        described.requireType("annotated_at", TIMES, "a date or timestamp");
        boolean isTimed = described.has("annotated_at");
        List<String> columns = described.ids("example_id", "annotator_id", "label");
        if (isTimed) {
            columns.add(time(connection, described, queries.timeZone()));
        }
        Kinds kinds = kinds(connection, described, columns);
        return new AnnotationCopy(
                described.copy(columns),
                described.form("example_id"),
                described.form("annotator_id"),
                described.form("label"),
                isTimed,
                described.type("annotated_at"),
                kinds);
    }

    /** A column that says nothing is as good as none; a column family without an annotator_kind is somebody else's. */
    private static Kinds kinds(Connection connection, InspectedQuery described, List<String> columns)
            throws SQLException {
        boolean isAny = described.has("annotator_kind") && described.hasValues(connection, "annotator_kind");
        connection.rollback(); // releases the locks
        if (!isAny) {
            return Kinds.NONE;
        }
        columns.addAll(described.ids("annotator_kind"));
        boolean hasFamily = described.has("family");
        if (hasFamily) {
            columns.addAll(described.ids("family"));
        }
        return new Kinds(described.form("annotator_kind"), hasFamily ? described.form("family") : null);
    }

    /** The expression for annotated_at; without a zone of its own, it is in that of the settings. */
    private String time(Connection connection, InspectedQuery described, @Nullable String zone) throws SQLException {
        if (zone == null || described.type("annotated_at").equals("timestamptz")) {
            return "q.annotated_at::timestamptz";
        }
        try (PreparedStatement known =
                connection.prepareStatement("select from pg_catalog.pg_timezone_names where name = ?")) {
            known.setString(1, zone);
            try (ResultSet rows = known.executeQuery()) {
                if (!rows.next()) {
                    problems.add("crowdlab.datasets." + dataset + ".time-zone: '" + zone
                            + "' is not in this server's pg_timezone_names; give another name of the zone");
                }
            }
        }
        return "q.annotated_at::timestamp at time zone '" + zone.replace("'", "''") + "'";
    }

    private @Nullable PredictionCopy predictions(Connection connection, @Nullable String query) throws SQLException {
        InspectedQuery described = query == null ? null : describe(connection, "predictions-query", query);
        if (described == null) {
            return null;
        }
        boolean arrays = described.has("probabilities");
        if (arrays) {
            requireArrays(described);
        } else {
            described.require("example_id", "label", "probability");
            described.requireType("probability", NUMBERS, "a number");
        }
        IdEncoding model = described.has("model") ? described.form("model") : null;
        List<String> columns = model == null ? described.ids("example_id") : described.ids("example_id", "model");
        if (!arrays) {
            columns.addAll(described.ids("label"));
        }
        columns.add(arrays ? "q.probabilities::double precision[]" : "q.probability::double precision");
        return new PredictionCopy(
                described.copy(columns), described.form("example_id"), model, arrays ? null : described.form("label"));
    }

    private @Nullable GoldCopy gold(Connection connection, @Nullable String query) throws SQLException {
        InspectedQuery described = query == null ? null : describe(connection, "gold-query", query);
        if (described == null) {
            return null;
        }
        described.require("example_id", "label");
        return new GoldCopy(
                described.copy(described.ids("example_id", "label")),
                described.form("example_id"),
                described.form("label"));
    }

    private void requireArrays(InspectedQuery described) {
        described.require("example_id");
        described.requireType("probabilities", ARRAYS, "an array of numbers");
        if (described.has("label") || described.has("probability")) {
            described.problem("has probabilities as well as label or probability; give one form or the other");
        }
        if (!hasClasses) {
            described.problem("returns probabilities as an array of unknown order; list the classes in that order as"
                    + " crowdlab.datasets." + dataset + ".classes");
        }
    }

    private @Nullable InspectedQuery describe(Connection connection, String key, String text) throws SQLException {
        return InspectedQuery.describe(connection, "crowdlab.datasets." + dataset + "." + key, text, problems);
    }
}
