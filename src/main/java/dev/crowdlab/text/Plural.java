package dev.crowdlab.text;

import java.time.Duration;
import java.util.StringJoiner;

/** Numbers and durations in sentences, with singular and plural. */
public final class Plural {

    private Plural() {}

    /** The number with its singular or plural: {@code 1 row is}, {@code 0 rows are}. */
    public static String of(long count, String one, String many) {
        return count + " " + word(count, one, many);
    }

    /** The singular or plural without the number. */
    public static String word(long count, String one, String many) {
        return count == 1 ? one : many;
    }

    /** A duration in days, hours, minutes and seconds, rounded up to whole seconds: {@code 1 hour 30 minutes}. */
    public static String of(Duration duration) {
        Duration rounded = Duration.ofSeconds(duration.getSeconds() + (duration.getNano() == 0 ? 0 : 1));
        StringJoiner words = new StringJoiner(" ").setEmptyValue("0 seconds");
        add(words, rounded.toDaysPart(), "day", "days");
        add(words, rounded.toHoursPart(), "hour", "hours");
        add(words, rounded.toMinutesPart(), "minute", "minutes");
        add(words, rounded.toSecondsPart(), "second", "seconds");
        return words.toString();
    }

    private static void add(StringJoiner words, long count, String one, String many) {
        if (count > 0) {
            words.add(of(count, one, many));
        }
    }
}
