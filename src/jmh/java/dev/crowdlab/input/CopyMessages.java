package dev.crowdlab.input;

import dev.crowdlab.dataset.NightlyRows;
import dev.crowdlab.postgres.BinaryCopyFormat;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Rows as the messages of a binary COPY: header, one message per row, trailer. */
final class CopyMessages {

    private static final int MAX_ROW = 1_024;
    private static final int FLOAT8 = 701;

    private CopyMessages() {}

    /** Returns example_id, annotator_id, label, annotated_at. */
    static List<byte[]> annotations(NightlyRows rows) {
        List<byte[]> messages = new ArrayList<>();
        messages.add(BinaryCopyFormat.header());
        for (int annotation = 0; annotation < rows.annotationCount(); annotation++) {
            ByteBuffer row = ByteBuffer.allocate(MAX_ROW).putShort((short) 4);
            text(row, rows.exampleId(annotation / NightlyRows.SIZE));
            text(row, rows.annotatorId(annotation));
            text(row, rows.label(annotation));
            row.putInt(Long.BYTES).putLong(annotation);
            messages.add(message(row));
        }
        messages.add(BinaryCopyFormat.trailer());
        return messages;
    }

    /** Returns example_id, model, probabilities. */
    static List<byte[]> arrayPredictions(NightlyRows rows) {
        List<byte[]> messages = new ArrayList<>();
        messages.add(BinaryCopyFormat.header());
        for (int example = 0; example < rows.annotationCount() / NightlyRows.SIZE; example++) {
            ByteBuffer row = ByteBuffer.allocate(MAX_ROW).putShort((short) 3);
            text(row, rows.exampleId(example));
            text(row, rows.model());
            double[] probabilities = rows.probabilities(example);
            row.putInt(5 * Integer.BYTES + probabilities.length * (Integer.BYTES + Double.BYTES));
            row.putInt(1).putInt(0).putInt(FLOAT8).putInt(probabilities.length).putInt(1);
            for (double probability : probabilities) {
                row.putInt(Double.BYTES).putDouble(probability);
            }
            messages.add(message(row));
        }
        messages.add(BinaryCopyFormat.trailer());
        return messages;
    }

    private static void text(ByteBuffer row, byte[] text) {
        row.putInt(text.length).put(text);
    }

    private static byte[] message(ByteBuffer row) {
        byte[] message = new byte[row.flip().remaining()];
        row.get(message);
        return message;
    }
}
