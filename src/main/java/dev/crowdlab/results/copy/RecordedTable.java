package dev.crowdlab.results.copy;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The record of a table that a run wrote: a row of {@code crowdlab.run_table}.
 *
 * @param name the table
 * @param rowCount number of rows written
 * @param digest their digest
 * @param columns the columns that the digest covers, in its order
 * @param isRemoved whether the rows have since been marked as removed
 */
public record RecordedTable(String name, long rowCount, String digest, List<String> columns, boolean isRemoved) {

    /** Lists are copied. */
    public RecordedTable {
        columns = List.copyOf(columns);
    }

    public RecordedTable withDigest(String other) {
        return new RecordedTable(name, rowCount, other, columns, isRemoved);
    }

    /**
     * Computes the digest over the tables of a run: SHA-256 over a line {@code name rows digest columns} per table, by
     * name. The columns are separated by commas.
     */
    public static String outputDigest(Collection<RecordedTable> tables) {
        StringBuilder lines = new StringBuilder();
        tables.stream().sorted(Comparator.comparing(RecordedTable::name)).forEach(table -> lines.append(table.name)
                .append(' ')
                .append(table.rowCount)
                .append(' ')
                .append(table.digest)
                .append(' ')
                .append(String.join(",", table.columns))
                .append('\n'));
        return Sha256.hex(Sha256.create().digest(lines.toString().getBytes(StandardCharsets.UTF_8)));
    }
}
