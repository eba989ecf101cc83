package dev.crowdlab.cli;

import dev.crowdlab.job.Progress;
import dev.crowdlab.plan.DatasetPlan;
import dev.crowdlab.plan.HeapLimit;
import dev.crowdlab.text.Plural;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Displays the progress of runs: on a terminal as one line that is updated at most once a second, elsewhere as one line per
 * step that moved rows. Thread-safe.
 */
final class ProgressDisplay implements Progress {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final String ERASE_LINE = "\r\u001B[K";

    private final PrintWriter out;
    private final boolean isTerminal;
    private final LongSupplier nanoTime;
    private final Map<String, Long> started = new ConcurrentHashMap<>();
    private final Map<String, String> running = new ConcurrentHashMap<>();
    private Optional<PrintWriter> estimates = Optional.empty();
    private long lastShown;

    ProgressDisplay(PrintWriter out, boolean isTerminal, LongSupplier nanoTime) {
        this.out = out;
        this.isTerminal = isTerminal;
        this.nanoTime = nanoTime;
        lastShown = nanoTime.getAsLong();
    }

    /** Starts to print the estimate of each dataset there. */
    void tellEstimates(PrintWriter where) {
        estimates = Optional.of(where);
    }

    @Override
    public void planned(DatasetPlan plan) {
        if (estimates.isPresent()) {
            clear();
            HeapLimit.ofProcess().estimate(plan).ifPresent(this::tellEstimate);
        }
    }

    private void tellEstimate(String sentence) {
        if (LogOutput.isStructured()) {
            LogEvents.note(sentence);
        } else {
            estimates.ifPresent(where -> where.println(sentence));
        }
    }

    @Override
    public void started(String dataset, String step) {
        started.put(dataset + "/" + step, nanoTime.getAsLong());
    }

    @Override
    public void moved(String dataset, String step, long rowCount) {
        if (isTerminal) {
            running.put(dataset + "/" + step, line(dataset, step, rowCount));
            show();
        }
    }

    @Override
    public void ended(String dataset, String step, long rowCount) {
        String key = dataset + "/" + step;
        running.remove(key);
        if (!isTerminal && rowCount > 0) {
            tell(dataset, step, rowCount);
        }
        started.remove(key);
    }

    private void tell(String dataset, String step, long rowCount) {
        String line = line(dataset, step, rowCount);
        if (LogOutput.isStructured()) {
            LogEvents.step(line, rowCount, nanos(dataset, step));
        } else {
            print(line + System.lineSeparator());
        }
    }

    /** Removes the progress line from the terminal, before something else is printed. */
    synchronized void clear() {
        if (isTerminal) {
            print(ERASE_LINE);
        }
    }

    private synchronized void show() {
        long now = nanoTime.getAsLong();
        if (now - lastShown >= NANOS_PER_SECOND) {
            lastShown = now;
            print(ERASE_LINE + String.join("   ", running.values()));
        }
    }

    private long nanos(String dataset, String step) {
        return Math.max(1, nanoTime.getAsLong() - started.getOrDefault(dataset + "/" + step, 0L));
    }

    private String line(String dataset, String step, long rowCount) {
        double seconds = (double) nanos(dataset, step) / NANOS_PER_SECOND;
        return String.format(
                Locale.ROOT,
                "%s: %s %,d %s, %.1f s, %,.0f rows/s",
                dataset,
                step,
                rowCount,
                Plural.word(rowCount, "row", "rows"),
                seconds,
                rowCount / seconds);
    }

    private synchronized void print(String text) {
        out.print(text);
        out.flush();
    }
}
