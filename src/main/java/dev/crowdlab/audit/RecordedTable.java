package dev.crowdlab.audit;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;

/**
 * What a run recorded of a table that it wrote: a row of {@code crowdlab.run_table}.
 *
 * @param name the table
 * @param rowCount how many rows it wrote
 * @param digest their digest
 * @param isRemoved whether they are marked as removed since
 */
public record RecordedTable(String name, long rowCount, String digest, boolean isRemoved) {

    /** The digest over the tables of a run: SHA-256 over a line {@code name rows digest} for each, by name. */
    public static String outputDigest(Collection<RecordedTable> tables) {
        StringBuilder lines = new StringBuilder();
        tables.stream().sorted(Comparator.comparing(RecordedTable::name)).forEach(table -> lines.append(table.name)
                .append(' ')
                .append(table.rowCount)
                .append(' ')
                .append(table.digest)
                .append('\n'));
        return Sha256.hex(Sha256.create().digest(lines.toString().getBytes(StandardCharsets.UTF_8)));
    }
}
