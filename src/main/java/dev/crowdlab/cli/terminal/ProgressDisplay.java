package dev.crowdlab.cli.terminal;

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
 * Displays the progress of runs: on a terminal as a bar, in a structured log as an event per step that moved rows, and
 * elsewhere as at most one line a minute, none in the first, because cron mails what is printed. Thread-safe.
 */
public final class ProgressDisplay implements Progress, AutoCloseable {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long NANOS_BETWEEN_LINES = 60 * NANOS_PER_SECOND;

    private final PrintWriter out;
    private final Optional<ProgressBar> bar;
    private final LongSupplier nanoTime;
    private final Map<String, Long> started = new ConcurrentHashMap<>();
    private Optional<PrintWriter> estimates = Optional.empty();
    private long lastLine;

    /**
     * @param out takes the lines, if there is no bar
     * @param bar empty: there is no terminal
     */
    public ProgressDisplay(PrintWriter out, Optional<ProgressBar> bar, LongSupplier nanoTime) {
        this.out = out;
        this.bar = bar;
        this.nanoTime = nanoTime;
        lastLine = nanoTime.getAsLong();
    }

    /** Starts to print the estimate of each dataset there. */
    public void tellEstimates(PrintWriter where) {
        estimates = Optional.of(where);
    }

    @Override
    public void planned(DatasetPlan plan) {
        bar.ifPresent(shown -> shown.expect(plan));
        if (estimates.isPresent()) {
            HeapLimit.ofProcess().estimate(plan).ifPresent(this::tellEstimate);
        }
    }

    private void tellEstimate(String sentence) {
        if (LogOutput.isStructured()) {
            LogEvents.note(sentence);
        } else {
            Runnable printing = () -> estimates.ifPresent(where -> where.println(sentence));
            bar.ifPresentOrElse(shown -> shown.besides(printing), printing);
        }
    }

    @Override
    public void started(String dataset, String step) {
        bar.ifPresent(shown -> shown.started(dataset, step));
        started.put(dataset + "/" + step, nanoTime.getAsLong());
    }

    @Override
    public void moved(String dataset, String step, long rowCount) {
        bar.ifPresent(shown -> shown.moved(dataset, step, rowCount));
        if (bar.isEmpty() && rowCount > 0 && !LogOutput.isStructured()) {
            printIfDue(dataset, step, rowCount, " so far");
        }
    }

    @Override
    public void ended(String dataset, String step, long rowCount) {
        bar.ifPresent(shown -> shown.ended(dataset, step));
        if (bar.isEmpty() && rowCount > 0) {
            tell(dataset, step, rowCount);
        }
        started.remove(dataset + "/" + step);
    }

    private void tell(String dataset, String step, long rowCount) {
        if (LogOutput.isStructured()) {
            LogEvents.step(line(dataset, step, rowCount, ""), rowCount, nanos(dataset, step));
        } else {
            printIfDue(dataset, step, rowCount, "");
        }
    }

    private long nanos(String dataset, String step) {
        return Math.max(1, nanoTime.getAsLong() - started.getOrDefault(dataset + "/" + step, 0L));
    }

    private String line(String dataset, String step, long rowCount, String state) {
        double seconds = (double) nanos(dataset, step) / NANOS_PER_SECOND;
        return String.format(
                Locale.ROOT,
                "%s: %s %,d %s%s, %.1f s, %,.0f rows/s",
                dataset,
                step,
                rowCount,
                Plural.word(rowCount, "row", "rows"),
                state,
                seconds,
                rowCount / seconds);
    }

    private synchronized void printIfDue(String dataset, String step, long rowCount, String state) {
        long now = nanoTime.getAsLong();
        if (now - lastLine >= NANOS_BETWEEN_LINES) {
            lastLine = now;
            out.println(line(dataset, step, rowCount, state));
            out.flush();
        }
    }

    /** Removes the bar from the terminal. */
    @Override
    public void close() {
        bar.ifPresent(ProgressBar::close);
    }
}
