package dev.crowdlab.spark;

import dev.crowdlab.dataset.DatasetNames;
import dev.crowdlab.results.PartWriter;
import dev.crowdlab.results.ResultTableDefinitions;
import dev.crowdlab.results.ResultWriter;
import dev.crowdlab.results.SummaryTables;
import dev.crowdlab.results.copy.ResultBlock;
import dev.crowdlab.results.copy.ResultReader;
import dev.crowdlab.results.copy.ResultTable;
import dev.crowdlab.results.copy.ResultTableDefinition;
import dev.crowdlab.results.copy.WrittenTable;
import dev.crowdlab.run.RunDescriptor;
import dev.crowdlab.settings.MethodSettings;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;

/** Writes the tables of a run: the large ones from the executors, the others from the driver. Used by one thread. */
final class TableWriting {

    private final JavaSparkContext spark;
    private final SparkRunContext context;
    private final SharedDatabases databases;
    private final ClusterAnalysis analysis;
    private final List<WrittenTable> written = new ArrayList<>();

    TableWriting(JavaSparkContext spark, SparkRunContext context, SharedDatabases databases, ClusterAnalysis analysis) {
        this.spark = spark;
        this.context = context;
        this.databases = databases;
        this.analysis = analysis;
    }

    /** The tables with a row for each example or annotation. */
    static List<ResultTableDefinition> large(RunDescriptor run) {
        MethodSettings methods = run.settings().methods();
        return ResultTableDefinitions.PARTITIONED.stream()
                .filter(table -> methods.storesPosterior() || !table.equals(ResultTableDefinitions.LABEL_POSTERIOR))
                .filter(table -> methods.storesSoftLabels() || !table.equals(ResultTableDefinitions.SOFT_LABEL))
                .filter(table ->
                        methods.asking().stop().isPresent() || !table.equals(ResultTableDefinitions.LABEL_STATE))
                .map(table -> ResultTableDefinitions.writtenBy(table, run.features()))
                .toList();
    }

    /** The tables that are complete. */
    List<WrittenTable> written() {
        return written;
    }

    /** Writes annotator_confusion, whose rows are where they were counted. */
    void writeConfusion() throws SQLException {
        spark.setJobDescription("write confusion");
        PartWriter writer = new PartWriter(SummaryTables.ANNOTATOR_CONFUSION, context.runId());
        Broadcast<DatasetNames> names = spark.broadcast(analysis.names());
        ConfusionTask task = new ConfusionTask(
                databases,
                context.sessionName(),
                writer,
                context.settings().program().engine().blockRows());
        analysis.confusion()
                .mapPartitionsWithIndex((number, counts) -> task.write(number, counts, names.value()), true)
                .count();
        written.add(writer.complete(context.shared()));
        PartWriter.forget(context.shared(), context.runId());
    }

    /** Writes the large tables, and returns what the parts give for the others. */
    Summaries writeParts() throws SQLException {
        spark.setJobDescription("write");
        long runId = context.runId();
        List<PartWriter> writers = large(context.run()).stream()
                .map(definition -> new PartWriter(definition, runId))
                .toList();
        for (PartWriter writer : writers) {
            writer.create(context.shared());
        }
        PartTask task = new PartTask(
                databases,
                context.sessionName(),
                RunRows.of(context.run()),
                context.settings().program().engine().blockRows(),
                context.run().settings().periods());
        Summaries summaries = analysis.parts()
                .mapPartitionsWithIndex(task::write, true)
                .treeReduce((one, other) -> {
                    one.add(other);
                    return one;
                });
        spark.setJobDescription("complete");
        complete(writers);
        PartWriter.forget(context.shared(), runId);
        return summaries;
    }

    /** Builds keys and digests in a session for each table, since one session is what a table takes. */
    private void complete(List<PartWriter> writers) throws SQLException {
        ExecutorService sessions = Executors.newFixedThreadPool(writers.size());
        try {
            List<Callable<WrittenTable>> tables = writers.stream()
                    .<Callable<WrittenTable>>map(writer -> () -> writer.complete(context.shared()))
                    .toList();
            for (Future<WrittenTable> table : sessions.invokeAll(tables)) {
                written.add(table.get());
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException lost) {
                throw lost;
            }
            throw new IllegalStateException("a table cannot be completed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while tables were completed");
        } finally {
            sessions.shutdownNow();
        }
    }

    /** Writes the other tables. */
    void writeRest(Summaries summaries) throws SQLException {
        for (ResultTable table : summaries.tables(context, analysis)) {
            write(table);
        }
    }

    private void write(ResultTable table) throws SQLException {
        try (ResultWriter writer =
                new ResultWriter(context.shared(), table.definition(), context.runId(), written::add)) {
            writer.open();
            ResultReader rows = new ResultReader(
                    table, context.settings().program().engine().blockRows());
            for (@Nullable ResultBlock block = rows.read(); block != null; block = rows.read()) {
                writer.write(block);
            }
        }
    }
}
