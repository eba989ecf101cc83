package dev.crowdlab.export;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Util;

/**
 * One column of the group of rows that is being written: finished pages, compressed, and the values of the next one.
 */
final class ParquetColumn {

    private static final int PAGE_BYTES = 1 << 20;
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int NANOS_PER_MICRO = 1_000;

    /** NULLs take no bytes among the values, so that a page ends after so many rows, too. */
    private static final int PAGE_ROWS = 100_000;

    private final ExportColumn column;
    private final PlainValues values = new PlainValues();
    private final PresenceLevels levels = new PresenceLevels();
    private final ByteArrayOutputStream pages = new ByteArrayOutputStream();
    private long valueCount;
    private long nullCount;
    private long finishedBytes;

    ParquetColumn(ExportColumn column) {
        this.column = column;
    }

    /** What is written. */
    ExportColumn column() {
        return column;
    }

    /** Adds the value at a position of a row, from 1. */
    void add(ResultSet row, int position) throws SQLException, IOException {
        boolean isPresent = addValue(row, position);
        levels.add(isPresent);
        valueCount++;
        if (!isPresent) {
            nullCount++;
        }
        if (values.byteCount() >= PAGE_BYTES || levels.count() >= PAGE_ROWS) {
            finishPage();
        }
    }

    private boolean addValue(ResultSet row, int position) throws SQLException {
        switch (column.type()) {
            case INTEGER -> {
                int value = row.getInt(position);
                return !row.wasNull() && values.addInt(value);
            }
            case BIGINT -> {
                long value = row.getLong(position);
                return !row.wasNull() && values.addLong(value);
            }
            case DOUBLE -> {
                double value = row.getDouble(position);
                return !row.wasNull() && values.addLong(Double.doubleToRawLongBits(value));
            }
            case TIMESTAMP -> {
                OffsetDateTime value = row.getObject(position, OffsetDateTime.class);
                return value != null && values.addLong(microseconds(value));
            }
            case BOOLEAN -> {
                String value = row.getString(position);
                return value != null && values.addBit(value.equals("true"));
            }
            case TEXT -> {
                String value = row.getString(position);
                return value != null && values.addText(value.getBytes(StandardCharsets.UTF_8));
            }
        }
        throw new AssertionError(column.type());
    }

    /** Since 1970; {@code ChronoUnit} counts nanoseconds, for which 64 bits have room from 1677 to 2262 only. */
    private static long microseconds(OffsetDateTime moment) {
        return Math.addExact(
                Math.multiplyExact(moment.toEpochSecond(), MICROS_PER_SECOND), moment.getNano() / NANOS_PER_MICRO);
    }

    /** About how many bytes the group's values have before they are compressed. */
    long byteCount() {
        return finishedBytes + values.byteCount();
    }

    private void finishPage() throws IOException {
        ParquetPage page = ParquetPage.of(levels, values);
        DataPageHeader header = new DataPageHeader(levels.count(), Encoding.PLAIN, Encoding.RLE, Encoding.RLE);
        int before = pages.size();
        Util.writePageHeader(
                new PageHeader(
                                PageType.DATA_PAGE,
                                page.byteCount(),
                                page.compressed().size())
                        .setData_page_header(header),
                pages);
        finishedBytes += pages.size() - before + page.byteCount();
        page.compressed().writeTo(pages);
        levels.clear();
        values.clear();
    }

    /** Writes the column's part of the group, and begins the next group. */
    ColumnMetaData write(CountingStream out) throws IOException {
        if (levels.count() > 0) {
            finishPage();
        }
        long begin = out.count();
        pages.writeTo(out);
        ColumnMetaData data = new ColumnMetaData(
                        column.type().physical(),
                        List.of(Encoding.PLAIN, Encoding.RLE),
                        List.of(column.name()),
                        CompressionCodec.GZIP,
                        valueCount,
                        finishedBytes,
                        pages.size(),
                        begin)
                .setStatistics(new Statistics().setNull_count(nullCount));
        pages.reset();
        valueCount = 0;
        nullCount = 0;
        finishedBytes = 0;
        return data;
    }
}
