package dev.crowdlab.export;

import dev.crowdlab.settings.DatasetSetting;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The labels to train on with the probability of every class, of a run that stored it.
 *
 * @param labels columns of label_quality
 * @param kind of the probabilities
 * @param classes in the order of the run
 */
record TrainingTable(ExportedTable labels, Kind kind, List<String> classes) {

    /** What the names of the columns begin with that have a probability; the name of the class follows. */
    private static final String PREFIX = "probability:";

    /** PostgreSQL selects no more than 1,664 columns. */
    private static final int MAX_COLUMNS = 1_600;

    private static final String DATASET = "pg_catalog.current_setting('" + ExportedTable.DATASET + "')";

    private static final String FROM = " from crowdlab_bi.label_quality as v left join %s as q"
            + " on q.dataset = v.dataset and q.run_id = v.run_id and q.example_id = v.example_id where v.dataset = "
            + DATASET
            + " order by v.example_id";

    /** The list of the classes is made once for all examples. */
    private static final String OBJECT = "(select pg_catalog.json_object_agg(u.label, u.probability order by u.place)"
            + " from rows from (pg_catalog.unnest((%s)), pg_catalog.unnest(q.posterior))"
            + " with ordinality as u (label, probability, place))";

    /** What the probability of a class is that of. */
    enum Kind {
        /** That it is right. */
        POSTERIOR(
                "posterior",
                "example_posterior",
                "select c.label from crowdlab_bi.run_classes c where c.dataset = %1$s order by c.class_index",
                "crowdlab_bi.example_posterior"),
        /** That the next annotator gives it; the first example has all classes, as every other. */
        SOFT(
                "soft labels",
                "soft_label",
                "select c.class from crowdlab_bi.soft_label c where c.dataset = %1$s and c.example_id ="
                        + " (select s.example_id from crowdlab_bi.soft_label s where s.dataset = %1$s order by s.example_id limit 1)"
                        + " order by c.class",
                "(select s.dataset, s.run_id, s.example_id,"
                        + " pg_catalog.array_agg(s.probability order by s.class) as posterior from crowdlab_bi.soft_label as s"
                        + " where s.dataset = " + DATASET + " group by s.dataset, s.run_id, s.example_id)");

        private final String words;
        private final String view;
        private final String classes;
        private final String source;

        Kind(String words, String view, String classes, String source) {
            this.words = words;
            this.view = view;
            this.classes = classes;
            this.source = source;
        }

        private String option() {
            return this == SOFT ? "--soft" : "--posterior";
        }

        private String setting() {
            return (this == SOFT ? DatasetSetting.STORE_SOFT_LABELS : DatasetSetting.STORE_POSTERIOR).name();
        }
    }

    /**
     * Looks up the classes.
     *
     * @throws NoExportException if the run has stored no such probabilities, or has more classes than a file of the format has
     *     columns
     */
    static TrainingTable of(Connection connection, ExportedTable labels, Kind kind, String dataset, FileFormat format)
            throws SQLException {
        List<String> classes = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(kind.classes.formatted(DATASET))) {
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    classes.add(rows.getString(1));
                }
            }
        }
        if (classes.isEmpty()) {
            throw new NoExportException("The published run of dataset '" + dataset
                    + "' stored no " + kind.words + "; set crowdlab.datasets." + dataset + "." + kind.setting()
                    + ": true and run it again, or leave " + kind.option() + " out");
        }
        if (format != FileFormat.JSONL && classes.size() > MAX_COLUMNS) {
            throw new NoExportException("Dataset '" + dataset + "' has " + classes.size() + " classes, and a file "
                    + format.word() + " has a column for each, " + MAX_COLUMNS + " at most; give --format jsonl");
        }
        return new TrainingTable(labels, kind, List.copyOf(classes));
    }

    /** How to select them. */
    ExportedRows rows() {
        return new ExportedRows(
                List.of("label_quality", kind.view),
                columns(),
                Optional.of(header()),
                statement(),
                statementOfObjects(),
                statement(),
                Optional.empty());
    }

    /** The columns of a file that has one for each class. */
    List<ExportColumn> columns() {
        Stream<ExportColumn> probabilities =
                classes.stream().map(label -> new ExportColumn("posterior", PREFIX + label, ColumnType.DOUBLE, false));
        return Stream.concat(labels.columns().stream(), probabilities).toList();
    }

    /** Selects these columns; PostgreSQL would cut long names of classes off, so that they have none here. */
    private String statement() {
        return IntStream.rangeClosed(1, classes.size())
                        .mapToObj(place -> "q.posterior[" + place + "] as p" + place)
                        .collect(Collectors.joining(", ", "select " + labels.selected() + ", ", ""))
                + FROM.formatted(kind.source);
    }

    /** Selects the labels, and the probabilities as one object by class. */
    private String statementOfObjects() {
        String list =
                "select pg_catalog.array_agg(c.label) from (" + kind.classes.formatted(DATASET) + ") as c (label)";
        return "select " + labels.selected() + ", " + OBJECT.formatted(list) + " as probability"
                + FROM.formatted(kind.source);
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
