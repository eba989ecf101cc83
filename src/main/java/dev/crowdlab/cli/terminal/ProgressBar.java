package dev.crowdlab.cli.terminal;

import dev.crowdlab.input.InputEstimate;
import dev.crowdlab.plan.DatasetPlan;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The last line of a terminal, which shows how far the running steps are. It is drawn over itself, the cursor rests at
 * its beginning, and it has no colors. Thread-safe.
 */
public final class ProgressBar implements AutoCloseable {

    private static final long MILLIS_BETWEEN_DRAWINGS = 250;
    private static final String ERASE_LINE = "\r\u001B[K";

    private final PrintWriter terminal;
    private final int width;
    private final LongSupplier nanoTime;
    private final Function<String, Map<String, Long>> lastRun;
    private final Map<String, Map<String, Long>> expected = new ConcurrentHashMap<>();
    private final Map<String, Moving> running = new ConcurrentSkipListMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "crowdlab-progress");
        thread.setDaemon(true);
        return thread;
    });
    private Optional<Future<?>> drawing = Optional.empty();
    private String shown = "";

    private record Moving(String dataset, String step, long start, long rowCount) {}

    /**
     * @param width of the terminal, in characters
     * @param lastRun the rows that each step of a dataset moved the last time, by step
     */
    public ProgressBar(
            PrintWriter terminal, int width, LongSupplier nanoTime, Function<String, Map<String, Long>> lastRun) {
        this.terminal = terminal;
        this.width = width;
        this.nanoTime = nanoTime;
        this.lastRun = lastRun;
    }

    /** Starts to draw the bar four times a second. */
    public ProgressBar start() {
        drawing = Optional.of(clock.scheduleWithFixedDelay(
                this::draw, MILLIS_BETWEEN_DRAWINGS, MILLIS_BETWEEN_DRAWINGS, TimeUnit.MILLISECONDS));
        return this;
    }

    /**
     * Expects of the dataset's steps what they moved the last time, and of a first run what the planner knows of its
     * tables.
     */
    void expect(DatasetPlan plan) {
        Map<String, Long> rows = new HashMap<>();
        plan.estimate().filter(InputEstimate::isPlain).ifPresent(estimate -> put(rows, estimate));
        String dataset = plan.settings().name();
        rows.putAll(lastRun.apply(dataset));
        expected.put(dataset, rows);
    }

    private static void put(Map<String, Long> rows, InputEstimate estimate) {
        rows.put("readAnnotations", estimate.annotationRows());
        rows.put("readPredictions", estimate.predictionRows());
    }

    void started(String dataset, String step) {
        running.put(key(dataset, step), new Moving(dataset, step, nanoTime.getAsLong(), 0));
    }

    void moved(String dataset, String step, long rowCount) {
        running.computeIfPresent(
                key(dataset, step), (key, moving) -> new Moving(dataset, step, moving.start(), rowCount));
    }

    void ended(String dataset, String step) {
        running.remove(key(dataset, step));
    }

    private static String key(String dataset, String step) {
        return dataset + "/" + step;
    }

    /** Shows how far the running steps are, if that has changed. */
    synchronized void draw() {
        List<RunningStep> steps = running.values().stream().map(this::state).toList();
        String line = steps.isEmpty() ? "" : ProgressLine.of(steps, width - 1);
        if (!line.equals(shown)) {
            print(line.isEmpty() ? ERASE_LINE : drawn(line));
            shown = line;
        }
    }

    /** Without wrapping, since the terminal may have become narrower; what is left of the line before is erased. */
    private static String drawn(String line) {
        return "\r\u001B[?7l" + line + "\u001B[K\u001B[?7h\r";
    }

    private RunningStep state(Moving moving) {
        Long rows = expected.getOrDefault(moving.dataset(), Map.of()).get(moving.step());
        return new RunningStep(
                moving.dataset(),
                moving.step(),
                moving.rowCount(),
                rows == null ? OptionalLong.empty() : OptionalLong.of(rows),
                nanoTime.getAsLong() - moving.start());
    }

    /** Removes the bar while something else is printed. */
    synchronized void besides(Runnable printing) {
        erase();
        printing.run();
    }

    private void erase() {
        if (!shown.isEmpty()) {
            print(ERASE_LINE);
            shown = "";
        }
    }

    private void print(String text) {
        terminal.print(text);
        terminal.flush();
    }

    /** Removes the bar for good. */
    @Override
    public void close() {
        drawing.ifPresent(repeated -> repeated.cancel(false));
        clock.shutdownNow();
        running.clear();
        synchronized (this) {
            erase();
        }
    }
}
