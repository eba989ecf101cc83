package dev.crowdlab.export;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The labels to train on with the probability of every class, of a run that stored it.
 *
 * @param labels columns of label_quality
 * @param classes in the order of the run
 */
record TrainingTable(ExportedTable labels, List<String> classes) {

    /** What the names of the columns begin with that have a probability; the name of the class follows. */
    private static final String PREFIX = "probability:";

    /** PostgreSQL selects no more than 1,664 columns. */
    private static final int MAX_COLUMNS = 1_600;

    private static final String DATASET = "pg_catalog.current_setting('" + ExportedTable.DATASET + "')";

    static final String POSTERIOR = "example_posterior";

    private static final String FROM =
            " from crowdlab_bi.label_quality as v left join crowdlab_bi." + POSTERIOR + " as q"
                    + " on q.dataset = v.dataset and q.run_id = v.run_id and q.example_id = v.example_id where v.dataset = "
                    + DATASET
                    + " order by v.example_id";

    /** The list of the classes is made once for all examples. */
    private static final String OBJECT = "(select pg_catalog.json_object_agg(u.label, u.probability order by u.place)"
            + " from rows from (pg_catalog.unnest((select pg_catalog.array_agg(c.label order by c.class_index)"
            + " from crowdlab_bi.run_classes as c where c.dataset = " + DATASET + ")), pg_catalog.unnest(q.posterior))"
            + " with ordinality as u (label, probability, place))";

    /**
     * Looks up the classes.
     *
     * @throws NoExportException if the run has stored no posterior, or has more classes than a file of the format has
     *     columns
     */
    static TrainingTable of(Connection connection, ExportedTable labels, String dataset, FileFormat format)
            throws SQLException {
        List<String> classes = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(
                "select c.label from crowdlab_bi.run_classes c where c.dataset = ? order by c.class_index")) {
            statement.setString(1, dataset);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    classes.add(rows.getString(1));
                }
            }
        }
        if (classes.isEmpty()) {
            throw new NoExportException("The published run of dataset '" + dataset
                    + "' stored no posterior; set crowdlab.datasets." + dataset
                    + ".store-posterior: true and run it again, or leave --posterior out");
        }
        if (format != FileFormat.JSONL && classes.size() > MAX_COLUMNS) {
            throw new NoExportException("Dataset '" + dataset + "' has " + classes.size() + " classes, and a file "
                    + format.word() + " has a column for each, " + MAX_COLUMNS + " at most; give --format jsonl");
        }
        return new TrainingTable(labels, List.copyOf(classes));
    }

    /** The columns of a file that has one for each class. */
    List<ExportColumn> columns() {
        Stream<ExportColumn> probabilities =
                classes.stream().map(label -> new ExportColumn("posterior", PREFIX + label, ColumnType.DOUBLE, false));
        return Stream.concat(labels.columns().stream(), probabilities).toList();
    }

    /** Selects these columns; PostgreSQL would cut long names of classes off, so that they have none here. */
    String statement() {
        return IntStream.rangeClosed(1, classes.size())
                        .mapToObj(place -> "q.posterior[" + place + "] as p" + place)
                        .collect(Collectors.joining(", ", "select " + labels.selected() + ", ", ""))
                + FROM;
    }

    /** Selects the labels, and the probabilities as one object by class. */
    String statementOfObjects() {
        return "select " + labels.selected() + ", " + OBJECT + " as probability" + FROM;
    }

    /** The names of the columns as a line of CSV, quoted as COPY quotes them. */
    byte[] header() {
        return columns().stream()
                .map(column -> quoted(column.name()))
                .collect(Collectors.joining(",", "", "\n"))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String quoted(String name) {
        return name.matches("(?s).*[\",\n\r].*") ? '"' + name.replace("\"", "\"\"") + '"' : name;
    }
}
