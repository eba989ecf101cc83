package dev.crowdlab.cli.terminal;

import dev.crowdlab.text.Plural;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Lays out running steps on one line of a terminal: with bars, and as much else as fits. */
final class ProgressLine {

    private static final int MIN_BAR = 8;
    private static final int MAX_BAR = 40;
    private static final String BETWEEN = "   ";

    /** What a line says of its steps, the richest first. */
    private enum Detail {
        RATE,
        ROWS,
        BAR,
        SHARE
    }

    private ProgressLine() {}

    /**
     * Returns the line.
     *
     * @param steps at least one
     * @param width the greatest length, in characters
     */
    static String of(List<RunningStep> steps, int width) {
        for (Detail detail : Detail.values()) {
            int bar = detail == Detail.SHARE ? 0 : barLength(steps, detail, width);
            String line = line(steps, detail, Math.max(0, bar));
            if (bar >= 0 && line.length() <= width) {
                return line;
            }
        }
        return line(steps, Detail.SHARE, 0).substring(0, Math.max(0, width - 1)) + "…";
    }

    /** The length that is left for each bar; negative if that is too little. */
    private static int barLength(List<RunningStep> steps, Detail detail, int width) {
        long bars = steps.stream().filter(step -> step.share() >= 0).count();
        if (bars == 0) {
            return 0;
        }
        int brackets = 3;
        long left = (width - line(steps, detail, 0).length()) / bars - brackets;
        return left < MIN_BAR ? -1 : (int) Math.min(left, MAX_BAR);
    }

    private static String line(List<RunningStep> steps, Detail detail, int bar) {
        return steps.stream().map(step -> text(step, detail, bar)).collect(Collectors.joining(BETWEEN));
    }

    private static String text(RunningStep step, Detail detail, int bar) {
        boolean isShare = step.share() >= 0;
        StringBuilder text = new StringBuilder(step.dataset()).append(": ").append(step.name());
        if (isShare) {
            text.append(bar == 0 ? "" : bar(step.share(), bar)).append(percent(step.share()));
        }
        if (!isShare || detail.compareTo(Detail.ROWS) <= 0) {
            text.append(isShare ? ", " : " ").append(rows(step));
        }
        text.append(", ").append(time(step.nanos()));
        if (detail == Detail.RATE) {
            text.append(String.format(Locale.ROOT, ", %,.0f rows/s", step.rate()));
        }
        return text.toString();
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, " %d %%", (int) (100 * share));
    }

    private static String rows(RunningStep step) {
        String moved = String.format(Locale.ROOT, "%,d", step.rowCount());
        return step.share() >= 0
                ? moved
                        + String.format(
                                Locale.ROOT,
                                " of about %,d rows",
                                step.expected().orElseThrow())
                : moved + " " + Plural.word(step.rowCount(), "row", "rows");
    }

    private static String bar(double share, int length) {
        int done = (int) (share * length);
        return " [" + "=".repeat(done) + (done < length ? ">" + " ".repeat(length - done - 1) : "") + "]";
    }

    /** As minutes and seconds, and hours if there are any. */
    private static String time(long nanos) {
        Duration time = Duration.ofNanos(nanos);
        String minutes = time.toHours() == 0 ? "%2$d" : "%1$d:%2$02d";
        return String.format(
                Locale.ROOT, minutes + ":%3$02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart());
    }
}
