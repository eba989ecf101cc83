package dev.crowdlab.spark;

import dev.crowdlab.results.copy.ResultReader;
import dev.crowdlab.results.copy.ResultTable;
import dev.crowdlab.results.copy.ResultTableDefinition;
import dev.crowdlab.results.copy.WrittenTable;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * Writes the tables of a run as Parquet files alone, with the digests that they would have in PostgreSQL: over their
 * rows in key order, which for the large tables Spark sorts and the driver goes through. Used by one thread.
 */
final class FileTables {

    private final SparkSession session;
    private final SparkRunContext context;
    private final Path target;
    private final List<WrittenTable> written = new ArrayList<>();

    /** @param target the directory of the run, in which each table gets one of its own */
    FileTables(JavaSparkContext spark, SparkRunContext context, Path target) {
        this.context = context;
        this.target = target;
        session = TableSession.open(spark);
    }

    /** The tables that are complete. */
    List<WrittenTable> written() {
        return List.copyOf(written);
    }

    /**
     * Writes a table whose rows are in the executors.
     *
     * @param rows with {@link RowDecoding#DIGESTED}, in any order
     */
    void write(ResultTableDefinition definition, JavaRDD<Row> rows) {
        Dataset<Row> table =
                session.createDataFrame(rows, RowDecoding.digestedOf(definition).columns());
        Column[] key = definition.key().stream()
                .skip(1)
                .map(functions::col)
                .toArray(Column[]::new); // the run is the same in all rows
        finish(
                definition,
                table,
                table.orderBy(key).select(RowDecoding.DIGESTED).toLocalIterator());
    }

    /** Writes a table whose rows are here, in key order. */
    void write(ResultTable table) {
        RowDecoding decoding = RowDecoding.digestedOf(table.definition());
        List<Row> rows = new ArrayList<>();
        EncodedRowIterator.of(
                        new ResultReader(
                                table, context.settings().program().engine().blockRows()),
                        decoding)
                .forEachRemaining(rows::add);
        Iterator<Row> digested = rows.stream()
                .map(row -> row.<Object>getAs(row.length() - 1))
                .map(RowFactory::create)
                .iterator();
        finish(
                table.definition(),
                session.createDataFrame(rows, decoding.columns()).coalesce(1),
                digested);
    }

    private void finish(ResultTableDefinition definition, Dataset<Row> table, Iterator<Row> sorted) {
        String directory = new Path(target, definition.name()).toString();
        Dataset<Row> stored = table.drop(RowDecoding.DIGESTED);
        stored.write().parquet(directory);
        MessageDigest digest = sha256();
        long computed = 0;
        while (sorted.hasNext()) {
            digest.update(sorted.next().<byte[]>getAs(0));
            computed++;
        }
        written.add(new WrittenTable(
                definition,
                computed,
                session.read().schema(stored.schema()).parquet(directory).count(),
                HexFormat.of().formatHex(digest.digest())));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JVM has it
        }
    }
}
