package dev.crowdlab.results.copy;

import java.util.List;

/**
 * The content that was written to a result table.
 *
 * @param definition the table
 * @param computedRows number of rows computed by the analysis
 * @param writtenRows number of rows stored, as reported by PostgreSQL
 * @param digest SHA-256, in hexadecimal, over the fields of the rows in binary COPY format, lengths included, in key
 *     order; run_id is left out, so that equal results of different runs have equal digests
 */
public record WrittenTable(ResultTableDefinition definition, long computedRows, long writtenRows, String digest) {

    /** The run's record of the table. */
    public RecordedTable recorded() {
        return new RecordedTable(definition.name(), writtenRows, digest, definition.digestedColumns(), false);
    }

    /** Computes the digest over the tables of a run, given in any order. */
    public static String outputDigest(List<WrittenTable> tables) {
        return RecordedTable.outputDigest(
                tables.stream().map(WrittenTable::recorded).toList());
    }
}
