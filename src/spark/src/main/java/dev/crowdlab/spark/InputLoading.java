package dev.crowdlab.spark;

import dev.crowdlab.dataset.InputNames;
import dev.crowdlab.input.Snapshot;
import dev.crowdlab.postgres.ConnectionFactory;
import java.sql.SQLException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;

/** Reads the input of a run, once. */
record InputLoading(JavaSparkContext spark, SparkRunContext context, SparkRun.Source source, ClusterOptions options) {

    /** Reads the input, and keeps all of it in the checkpoint directory, which must be set: nothing is read twice. */
    JavaRDD<InputPart> load() throws SQLException {
        spark.setJobDescription("read");
        if (source.tables().isPresent()) {
            int keptRejected = context.settings().program().retention().rejectedRows();
            return kept(source.tables()
                    .get()
                    .read(
                            new BlockShuffle(
                                    options.parts(),
                                    keptRejected,
                                    source.tables().get().gold() != null),
                            context.settings().program().engine().blockRows()));
        }
        SharedDatabases databases = SharedDatabases.of(context.settings());
        ConnectionFactory connections =
                databases.open().input(context.run().settings(), context.run().asOf());
        try (Snapshot snapshot = Snapshot.take(connections.with("application_name", context.sessionName()))) {
            return kept(QueryInput.of(databases, context, source.plan().columns(), snapshot.id())
                    .read(spark, options.readers(), options.parts()));
        }
    }

    private static JavaRDD<InputPart> kept(JavaRDD<InputPart> input) {
        input.setName("input").persist(StorageLevel.MEMORY_AND_DISK_SER());
        input.checkpoint();
        input.count();
        return input;
    }

    /** What occurs in all parts. */
    static InputNames names(JavaRDD<InputPart> input) {
        return input.map(part -> InputNames.of(part.annotations(), part.predictions(), part.gold()))
                .treeReduce((one, other) -> {
                    one.add(other);
                    return one;
                });
    }
}
