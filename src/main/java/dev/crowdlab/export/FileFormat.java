package dev.crowdlab.export;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The formats of exported files, each named as the command line and the ends of files name it. */
public enum FileFormat {
    /** A header, then one line per row; NULL is empty, an empty text is "". */
    CSV,
    /** Apache Parquet, compressed with gzip. */
    PARQUET,
    /** One JSON object per line, with the columns as keys. */
    JSONL,
    /** An array of tasks that Label Studio imports; only of next-tasks. */
    JSON;

    /** The format of this name; empty: there is none. */
    public static Optional<FileFormat> named(String name) {
        return Arrays.stream(values())
                .filter(format -> format.word().equals(name))
                .findFirst();
    }

    /** Its name. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
