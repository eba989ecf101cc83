package dev.crowdlab.input;

import dev.crowdlab.dataset.id.TextColumn;
import dev.crowdlab.postgres.BinaryCopyFormat;

/**
 * How PostgreSQL sends a column of ids or labels. In a dataset all are texts. Whole numbers and UUIDs are sent in
 * binary form and formatted here exactly as PostgreSQL would, which takes a third off its CPU time for a row of two
 * bigints and a label: 0.45 s instead of 0.66 s for 3,000,000 rows.
 */
public enum IdEncoding {
    /** Any type, cast to text. */
    TEXT("text") {
        @Override
        void add(byte[] message, int from, int length, byte[] text, TextColumn target) {
            target.add(message, from, length);
        }
    },

    /** A whole number of 16, 32 or 64 bits, formatted as decimal digits after a sign if it is negative. */
    INTEGER("bigint") {
        @Override
        void add(byte[] message, int from, int length, byte[] text, TextColumn target) {
            long value = (long) BinaryCopyFormat.LONG.get(message, from);
            int start = text.length;
            long rest = value < 0
                    ? value
                    : -value; // works with negative digits, because the smallest number has no positive counterpart
            do {
                text[--start] = (byte) ('0' - rest % 10);
                rest /= 10;
            } while (rest != 0);
            if (value < 0) {
                text[--start] = '-';
            }
            target.add(text, start, text.length - start);
        }
    },

    /** A UUID, formatted as lower-case hexadecimal digits in five groups. */
    UUID("uuid") {
        @Override
        void add(byte[] message, int from, int length, byte[] text, TextColumn target) {
            int end = 0;
            for (int place = 0; place < length; place++) {
                if (place == 4 || place == 6 || place == 8 || place == 10) {
                    text[end++] = '-';
                }
                text[end++] = (byte) Character.forDigit(message[from + place] >> 4 & 0xF, 16);
                text[end++] = (byte) Character.forDigit(message[from + place] & 0xF, 16);
            }
            target.add(text, 0, end);
        }
    };

    /** The length of the longest text formatted here, a UUID. */
    static final int MAX_TEXT_LENGTH = 36;

    private final String type;

    IdEncoding(String type) {
        this.type = type;
    }

    /** Returns the encoding for a column of this type, as the driver names it. */
    static IdEncoding of(String type) {
        return switch (type) {
            case "int2", "int4", "int8", "smallserial", "serial", "bigserial" -> INTEGER;
            case "uuid" -> UUID;
            default -> TEXT;
        };
    }

    /** Whether the cast of the text to this type cannot fail. */
    boolean isOfType(String id) {
        return switch (this) {
            case TEXT -> true;
            case INTEGER -> id.matches("-?\\d{1,18}");
            case UUID -> id.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        };
    }

    /** Returns the SQL expression that converts a column to this encoding. */
    String cast(String column) {
        return column + "::" + type;
    }

    /**
     * Adds the text of a field that is not null.
     *
     * @param text [MAX_TEXT_LENGTH] scratch memory, reused by the caller
     */
    abstract void add(byte[] message, int from, int length, byte[] text, TextColumn target);
}
