package dev.crowdlab.audit;

/** Numbers in sentences, so that one row is read, and two rows are. */
public final class Counted {

    private Counted() {}

    /** The number and what is said of one or of many: {@code 1 row is}, {@code 0 rows are}. */
    public static String of(long count, String one, String many) {
        return count + " " + word(count, one, many);
    }

    /** The same without the number. */
    public static String word(long count, String one, String many) {
        return count == 1 ? one : many;
    }
}
