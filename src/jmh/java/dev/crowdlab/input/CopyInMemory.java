package dev.crowdlab.input;

import dev.crowdlab.postgres.BinaryCopyRows;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives the messages of a binary COPY that was prepared in memory. */
final class CopyInMemory implements BinaryCopyRows.Messages {

    private final Iterator<byte[]> messages;

    CopyInMemory(List<byte[]> messages) {
        this.messages = messages.iterator();
    }

    @Override
    public byte @Nullable [] next() {
        return messages.hasNext() ? messages.next() : null;
    }

    @Override
    public void close() {}
}
