package dev.crowdlab.notification;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A run, as reported to lineage.
 *
 * @param runId its number
 * @param dataset its dataset
 * @param asOf the moment that it describes
 * @param beganAt when it began
 * @param sql its queries; empty: it reads the built-in tables
 * @param inputs the tables that it reads
 * @param result the database that it writes, such as {@code postgres://db.example.org:5432}, and its name
 */
public record LineageRun(
        long runId,
        String dataset,
        Instant asOf,
        Instant beganAt,
        Optional<String> sql,
        List<Table> inputs,
        Table result) {

    public LineageRun {
        inputs = List.copyOf(inputs);
    }

    /**
     * A table, or a database.
     *
     * @param server such as {@code postgres://db.example.org:5432}
     * @param name {@code database.schema.table}, or {@code database}
     */
    public record Table(String server, String name) {}

    /**
     * How a run ended.
     *
     * @param at when
     * @param status as in {@code run}
     * @param problem why it did not publish; empty: it did, or had nothing new to publish
     * @param outputs what it wrote
     */
    public record End(Instant at, String status, Optional<String> problem, List<Output> outputs) {

        public End {
            outputs = List.copyOf(outputs);
        }
    }

    /**
     * A table with rows of a run.
     *
     * @param table {@code schema.table}
     * @param rowCount how many
     * @param columns its columns with their types
     */
    public record Output(String table, long rowCount, List<Column> columns) {

        public Output {
            columns = List.copyOf(columns);
        }
    }

    /** A column and its type in SQL. */
    public record Column(String name, String type) {}
}
