package dev.crowdlab.report.overview;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.zip.CRC32;

/** How a dataset is called in the names of files and in addresses. */
public final class PageName {

    private static final int MAX_LENGTH = 100;

    private PageName() {}

    /** Its own name where that is of letters, digits, _ and - only; else what is left of it, and a number made of all of it. */
    public static String of(String dataset) {
        String kept = dataset.replaceAll("[^A-Za-z0-9_-]", "_");
        if (kept.equals(dataset) && !kept.isEmpty() && kept.length() <= MAX_LENGTH) {
            return kept;
        }
        CRC32 sum = new CRC32();
        sum.update(dataset.getBytes(UTF_8));
        return kept.substring(0, Math.min(kept.length(), MAX_LENGTH / 2)) + "_" + Long.toHexString(sum.getValue());
    }
}
