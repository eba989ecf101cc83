package dev.crowdlab.spark;

import dev.crowdlab.results.copy.ResultTableDefinition;
import dev.crowdlab.results.copy.WrittenTable;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Writes the tables of a run as Parquet files with the columns that they have in PostgreSQL: the large ones from the
 * executors that hold them, the others as PostgreSQL has them. Used by one thread.
 */
final class ResultFiles {

    private final JavaSparkContext spark;
    private final SparkSession session;
    private final SparkRunContext context;
    private final SharedDatabases databases;
    private final Path target;

    /** @param target the directory of the run, in which each table gets one of its own */
    ResultFiles(JavaSparkContext spark, SparkRunContext context, SharedDatabases databases, Path target) {
        this.spark = spark;
        this.context = context;
        this.databases = databases;
        this.target = target;
        session = TableSession.open(spark);
    }

    /**
     * Writes all tables.
     *
     * @throws IllegalStateException if the files have not the rows of the tables, as when executors see another
     *     directory
     */
    void write(ClusterAnalysis analysis, List<WrittenTable> tables) {
        spark.setJobDescription("files");
        for (WrittenTable table : tables) {
            ResultTableDefinition definition = table.definition();
            RowDecoding decoding = RowDecoding.of(definition);
            Path directory = new Path(target, definition.name());
            session.createDataFrame(
                            definition.partitioned()
                                    ? analysis.rows(context, definition, decoding)
                                    : stored(definition, decoding),
                            decoding.columns())
                    .write()
                    .parquet(directory.toString());
            // with its columns given, Spark does not first look for them in the files, by a job
            long found = session.read()
                    .schema(decoding.columns())
                    .parquet(directory.toString())
                    .count();
            if (found != table.writtenRows()) {
                throw new IllegalStateException(directory + " holds " + found + " rows, " + table.writtenRows()
                        + " were written; --to needs a directory that all executors and the driver share");
            }
        }
    }

    private JavaRDD<Row> stored(ResultTableDefinition definition, RowDecoding decoding) {
        SharedDatabases shared = databases;
        String name = context.sessionName();
        String copy = "copy (select " + String.join(", ", definition.columnNames()) + " from "
                + definition.target(context.runId())
                + " where run_id = " + context.runId() + " order by " + String.join(", ", definition.key())
                + ") to stdout (format binary)";
        return spark.parallelize(List.of(copy), 1)
                .flatMap(statement -> EncodedRowIterator.of(
                        shared.open().result().with("application_name", name), statement, decoding));
    }
}
