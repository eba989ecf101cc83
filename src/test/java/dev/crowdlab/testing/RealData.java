package dev.crowdlab.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.postgresql.PGConnection;

/**
 * Published crowdsourcing data sets, which are not part of this project: a folder for each with annotations.csv.gz,
 * predictions.csv.gz and, where it is known, truth.csv.gz; where {@code -Dcrowdlab.realdata} says, else in ../shared/realdata.
 */
public final class RealData {

    private static final Path FOLDER = Path.of(System.getProperty("crowdlab.realdata", "../shared/realdata"));

    private static final List<String> MODELS = List.of("predictions", "predictions_model2", "predictions_model3");

    private RealData() {}

    /**
     * Fills the input tables with annotations and the first model's predictions, and a new table {@code truth} with the true
     * labels.
     *
     * @throws IOException if the data are not there
     */
    public static void load(TestDatabase database, List<String> datasets) throws IOException, SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table truth (dataset text, example_id text collate \"C\", label text)");
            statement.execute("create temp table annotations (example_id text, annotator_id text, label text)");
            statement.execute("create temp table predictions (example_id text, label text, probability float8)");
            statement.execute("create temp table truths (example_id text, label text)");
            for (String dataset : datasets) {
                statement.execute("truncate annotations, predictions, truths");
                copy(connection, dataset, "annotations", "annotations");
                copy(connection, dataset, "predictions", "predictions");
                if (Files.exists(file(dataset, "truth"))) {
                    copy(connection, dataset, "truth", "truths");
                }
                statement.execute("insert into crowdlab.annotation (dataset, example_id, annotator_id, label) select '"
                        + dataset + "', example_id, annotator_id, label from annotations");
                statement.execute("insert into crowdlab.prediction (dataset, example_id, label, probability) select '"
                        + dataset + "', example_id, label, probability from predictions");
                statement.execute("insert into truth select '" + dataset + "', example_id, label from truths");
            }
        }
    }

    /** Fills a new table {@code all_models} with the predictions of every model. */
    public static void loadModels(TestDatabase database, List<String> datasets) throws IOException, SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table all_models (dataset text, model text, example_id text, label text,"
                    + " probability float8)");
            statement.execute("create temp table predictions (example_id text, label text, probability float8)");
            for (String dataset : datasets) {
                for (String model : MODELS) {
                    if (Files.exists(file(dataset, model))) {
                        statement.execute("truncate predictions");
                        copy(connection, dataset, model, "predictions");
                        statement.execute("insert into all_models select '" + dataset + "', '" + model
                                + "', example_id, label, probability from predictions");
                    }
                }
            }
        }
    }

    private static void copy(Connection connection, String dataset, String file, String table)
            throws IOException, SQLException {
        try (InputStream csv = new GZIPInputStream(Files.newInputStream(file(dataset, file)))) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy " + table + " from stdin (format csv, header)", csv);
        }
    }

    private static Path file(String dataset, String name) {
        return FOLDER.resolve(dataset).resolve(name + ".csv.gz");
    }
}
