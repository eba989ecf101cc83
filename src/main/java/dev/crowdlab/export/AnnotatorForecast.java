package dev.crowdlab.export;

import dev.crowdlab.engine.Committee;
import dev.crowdlab.engine.soft.AnnotatorForecasts;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What one annotator would say of every labeled example: computed from the posteriors and labels that the published run has stored, and
 * itself stored nowhere. It describes a person: who may not read the statistics of annotators may not export it.
 *
 * @param training how columns of the examples and of the classes are written
 * @param matrix [true classes × classes] see {@link AnnotatorForecasts#matrix}
 */
record AnnotatorForecast(TrainingTable training, List<Double> matrix) {

    private static final int MAX_CLASSES = 64;

    private static final List<String> VIEWS =
            List.of("label_quality", "example_posterior", "detailed_label_quality", "annotator_stats");

    private static final String DATASET = "pg_catalog.current_setting('" + ExportedTable.DATASET + "')";

    private static final String ANNOTATOR = "pg_catalog.current_setting('crowdlab.export_annotator')";

    /**
     * The open posterior F of each example: the published one has the consensus with the probability that it is right, from which
     * its own follows, and the others in the same proportions. An example that gold decided has 1 in both.
     */
    private static final String OPEN = String.format(Locale.ROOT, """
            select o.example_id, o.run_id, o.consensus_label, o.chosen, o.posterior, o.free,
                case when o.posterior[o.chosen] < 1 then (1 - o.free) / (1 - o.posterior[o.chosen]) else 0 end as scale
            from (
                select p.example_id, p.run_id, q.consensus_label, c.class_index as chosen, p.posterior,
                    1 / (1 + pg_catalog.power((1 - p.posterior[c.class_index]) / p.posterior[c.class_index], 1 / %s::float8)) as free
                from crowdlab_bi.example_posterior p
                join crowdlab_bi.label_quality q on q.dataset = p.dataset and q.run_id = p.run_id and q.example_id = p.example_id
                join crowdlab_bi.run_classes c on c.dataset = p.dataset and c.label = q.consensus_label
                where p.dataset = %s) o""", Committee.CONFIDENCE_SLOPE, DATASET);

    private static final String CELLS = """
            select c.class_index, k.truth, pg_catalog.sum(k.units)::bigint,
                coalesce(pg_catalog.sum(k.units) filter (where d.annotator_id = %s), 0)::bigint, pg_catalog.count(*)
            from (%s) f
            join crowdlab_bi.detailed_label_quality d on d.dataset = %s and d.run_id = f.run_id and d.example_id = f.example_id
            join crowdlab_bi.run_classes c on c.dataset = d.dataset and c.label = d.label
            cross join lateral (
                select u.truth, pg_catalog.round(1073741824
                    * case when u.truth = f.chosen then f.free else f.scale * u.probability end) as units
                from pg_catalog.unnest(f.posterior) with ordinality u (probability, truth)) k
            group by c.class_index, k.truth""".formatted(ANNOTATOR, OPEN, DATASET);

    /**
     * Sums up what the forecasts follow from.
     *
     * @param table columns of label_quality
     * @throws NoExportException if there is no forecast, or if this user may not have it
     */
    static AnnotatorForecast of(Connection connection, ExportedTable table, TableExport.Wanted wanted)
            throws SQLException {
        String dataset = wanted.dataset();
        String annotator = wanted.annotator()
                .orElseThrow(
                        () -> new NoExportException("annotator-forecast is about one annotator; give --annotator"));
        check(connection, dataset, annotator);
        TrainingTable training =
                TrainingTable.of(connection, table, TrainingTable.Kind.POSTERIOR, dataset, wanted.format());
        int classCount = training.classes().size();
        if (classCount > MAX_CLASSES) {
            throw new NoExportException("Dataset '" + dataset + "' has " + classCount
                    + " classes, and forecasts of annotators are made for " + MAX_CLASSES + " at most");
        }
        long[] votes = new long[classCount];
        long[] cells = new long[classCount * classCount];
        long[] own = new long[classCount * classCount];
        try (PreparedStatement name =
                connection.prepareStatement("select pg_catalog.set_config('crowdlab.export_annotator', ?, true)")) {
            name.setString(1, annotator);
            name.execute();
        }
        try (PreparedStatement statement = connection.prepareStatement(CELLS);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                int label = rows.getInt(1) - 1;
                int cell = label * classCount + rows.getInt(2) - 1;
                cells[cell] = rows.getLong(3);
                own[cell] = rows.getLong(4);
                votes[label] = rows.getLong(5);
            }
        }
        double[] matrix = AnnotatorForecasts.matrix(votes, cells, own);
        return new AnnotatorForecast(
                training,
                IntStream.range(0, matrix.length).mapToObj(cell -> matrix[cell]).toList());
    }

    private static void check(Connection connection, String dataset, String annotator) throws SQLException {
        require(
                connection,
                "pg_catalog.has_table_privilege('crowdlab_bi.annotator_stats', 'select')",
                "A forecast describes a person, and this user may not read crowdlab_bi.annotator_stats; ask whoever may");
        require(
                connection,
                "exists (select from crowdlab_bi.annotator_stats a where a.dataset = ? and a.annotator_id = ?)",
                "Dataset '" + dataset + "' has no annotator '" + annotator + "'; annotator_stats has all",
                dataset,
                annotator);
        if (annotator.matches("forgotten-[0-9a-f]{16}")) {
            throw new NoExportException(
                    "Annotator '" + annotator + "' was forgotten, so that nothing is foretold of them");
        }
        require(
                connection,
                "exists (select from crowdlab_bi.soft_label s where s.dataset = ?)"
                        + " and exists (select from crowdlab_bi.example_posterior p where p.dataset = ?)",
                "The published run of dataset '" + dataset + "' did not store what forecasts are made of; set"
                        + " crowdlab.datasets." + dataset
                        + ".store-soft-labels: true and .store-posterior: true, and run it again",
                dataset,
                dataset);
        require(
                connection,
                "exists (select from crowdlab_bi.label_quality q where q.dataset = ? and q.num_annotations > 1)",
                "No example of dataset '" + dataset + "' has two annotations, so that nothing tells how annotators err",
                dataset);
        require(
                connection,
                "not exists (select from crowdlab_bi.gold_correction g where g.dataset = ?)"
                        + " and not exists (select from crowdlab_bi.run_panel m where m.dataset = ?)",
                "Forecasts are not made of a dataset with use-gold: anchor or with machines",
                dataset,
                dataset);
    }

    private static void require(Connection connection, String condition, String otherwise, String... values)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select " + condition)) {
            for (int index = 0; index < values.length; index++) {
                statement.setString(index + 1, values[index]);
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                if (!row.getBoolean(1)) {
                    throw new NoExportException(otherwise);
                }
            }
        }
    }

    /** How to select them. */
    ExportedRows rows() {
        int classCount = training.classes().size();
        List<String> forecasts = IntStream.range(0, classCount)
                .mapToObj(label -> forecast(label, classCount))
                .toList();
        String examples = "select " + training.labels().text("v.example_id") + " as example_id, "
                + training.labels().text("v.consensus_label") + " as consensus_label, "
                + training.labels().text(ANNOTATOR) + " as annotator_id, v.run_id, ";
        String from = " from (select f.*, f.free - f.scale * f.posterior[f.chosen] as rest from (" + OPEN
                + ") as f) as v order by v.example_id";
        String columns = IntStream.range(0, classCount)
                .mapToObj(label -> forecasts.get(label) + " as p" + label)
                .collect(Collectors.joining(", "));
        String object = "(select pg_catalog.json_object_agg(c.label, (array[" + String.join(", ", forecasts)
                + "])[c.class_index] order by c.class_index) from crowdlab_bi.run_classes as c where c.dataset = "
                + DATASET
                + ") as probability";
        return new ExportedRows(
                VIEWS,
                training.columns(),
                Optional.of(training.header()),
                examples + columns + from,
                examples + object + from,
                examples + columns + from,
                Optional.empty());
    }

    /** The sum over the true classes, of which the consensus has a probability of its own. */
    private String forecast(int label, int classCount) {
        String row = IntStream.range(0, classCount)
                .mapToObj(truth -> "v.posterior[" + (truth + 1) + "] * " + at(truth, label, classCount))
                .collect(Collectors.joining(" + "));
        String chosen = IntStream.range(0, classCount)
                .mapToObj(truth -> at(truth, label, classCount))
                .collect(Collectors.joining(", ", "array[", "]"));
        return "(v.scale * (" + row + ") + v.rest * (" + chosen + ")[v.chosen])";
    }

    private String at(int truth, int label, int classCount) {
        return matrix.get(truth * classCount + label) + "::float8";
    }
}
