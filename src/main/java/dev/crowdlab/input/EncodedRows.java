package dev.crowdlab.input;

import dev.crowdlab.postgres.BinaryCopyFormat;
import dev.crowdlab.postgres.BinaryCopyRows;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Encoded rows that take the place of the messages of a binary COPY. Used by one thread. */
final class EncodedRows implements BinaryCopyRows.Messages {

    private final Iterator<byte[]> rows;
    private boolean isHeaderSent;
    private boolean isTrailerSent;

    EncodedRows(Iterator<byte[]> rows) {
        this.rows = rows;
    }

    @Override
    public byte @Nullable [] next() {
        if (!isHeaderSent) {
            isHeaderSent = true;
            return BinaryCopyFormat.header();
        }
        if (rows.hasNext()) {
            return rows.next();
        }
        boolean isEnd = isTrailerSent;
        isTrailerSent = true;
        return isEnd ? null : BinaryCopyFormat.trailer();
    }

    @Override
    public void close() {
        // there is nothing to close
    }
}
