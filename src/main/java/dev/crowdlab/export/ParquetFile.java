package dev.crowdlab.export;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Util;

/**
 * Writes rows as an Apache Parquet file: groups of rows, each with its columns one after the other, and a footer that
 * says where everything is. The structures of the headers and the footer are those of the Parquet project's own
 * library.
 */
final class ParquetFile {

    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

    /** Bytes of values, not yet compressed, that make a group of rows. */
    private static final long GROUP_BYTES = 32L << 20;

    private final CountingStream out;
    private final List<ParquetColumn> columns;
    private final Map<String, String> properties;
    private final List<RowGroup> groups = new ArrayList<>();
    private long rowsInGroup;
    private long rowCount;

    /**
     * Begins a file.
     *
     * @param properties the file's key-value metadata in the footer
     */
    ParquetFile(OutputStream out, List<ExportColumn> columns, Map<String, String> properties) throws IOException {
        this.out = new CountingStream(out);
        this.columns = columns.stream().map(ParquetColumn::new).toList();
        this.properties = properties;
        this.out.write(MAGIC);
    }

    /** Adds the row at which the cursor stands; it has the columns of the file, in their order. */
    void add(ResultSet row) throws SQLException, IOException {
        long bytes = 0;
        int position = 1;
        for (ParquetColumn column : columns) {
            column.add(row, position++);
            bytes += column.byteCount();
        }
        rowsInGroup++;
        rowCount++;
        if (bytes >= GROUP_BYTES) {
            finishGroup();
        }
    }

    private void finishGroup() throws IOException {
        List<ColumnChunk> chunks = new ArrayList<>();
        long begin = out.count();
        long bytes = 0;
        for (ParquetColumn column : columns) {
            long beginOfColumn = out.count();
            ColumnMetaData written = column.write(out);
            bytes += written.getTotal_uncompressed_size();
            chunks.add(new ColumnChunk(beginOfColumn).setMeta_data(written));
        }
        groups.add(new RowGroup(chunks, bytes, rowsInGroup)
                .setFile_offset(begin)
                .setTotal_compressed_size(out.count() - begin)
                .setOrdinal((short) groups.size()));
        rowsInGroup = 0;
    }

    /** Ends the file; does not close the stream. */
    void finish() throws IOException {
        if (rowsInGroup > 0) {
            finishGroup();
        }
        long begin = out.count();
        Util.writeFileMetaData(footer(), out);
        out.write(ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(Math.toIntExact(out.count() - begin))
                .array());
        out.write(MAGIC);
        out.flush();
    }

    private FileMetaData footer() {
        List<SchemaElement> schema = new ArrayList<>();
        schema.add(new SchemaElement("schema").setNum_children(columns.size()));
        for (ParquetColumn column : columns) {
            ExportColumn written = column.column();
            SchemaElement element = new SchemaElement(written.name())
                    .setType(written.type().physical())
                    .setRepetition_type(FieldRepetitionType.OPTIONAL);
            written.type().annotate(element);
            schema.add(element);
        }
        List<KeyValue> pairs = new ArrayList<>();
        properties.forEach((key, value) -> pairs.add(new KeyValue(key).setValue(value)));
        return new FileMetaData(1, schema, rowCount, groups)
                .setKey_value_metadata(pairs)
                .setCreated_by("crowdlab-etl");
    }

    /** Number of rows so far. */
    long rowCount() {
        return rowCount;
    }
}
