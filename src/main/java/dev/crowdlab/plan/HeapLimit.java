package dev.crowdlab.plan;

import dev.crowdlab.engine.UnusableInputException;
import dev.crowdlab.input.InputEstimate;
import dev.crowdlab.text.Plural;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether datasets fit into the heap, and what to do where one does not. What would fit is never refused: an estimate is believed
 * only where it is beyond doubt, else the rows count as they are read.
 *
 * @param bytes the most that the JVM will take
 */
public record HeapLimit(long bytes) {

    private static final double MEBIBYTE = 1 << 20;
    private static final double GIBIBYTE = 1 << 30;

    /** The least heap works, and leaves no room to the garbage collector. */
    private static final double AMPLE = 1.25;

    private static final int ADVICE_STEP_MIB = 100;

    /** That of this process. */
    public static HeapLimit ofProcess() {
        return new HeapLimit(Runtime.getRuntime().maxMemory());
    }

    /** What a run of the dataset will take; empty: the planner does not know. */
    public Optional<String> estimate(DatasetPlan plan) {
        return plan.expected()
                .map(size -> "Dataset '" + name(plan) + "' has about " + rows(plan, size) + "; a run takes about "
                        + amount(HeapEstimate.heapBytes(size)) + " of memory, of " + amount(bytes) + " of heap, "
                        + amount(HeapEstimate.diskBytes(size)) + " of the database's disk, and "
                        + Plural.of(HeapEstimate.duration(size)));
    }

    /** Why the dataset will not be read; empty: it will. */
    public Optional<String> refusal(DatasetPlan plan) {
        return plan.estimate()
                .filter(InputEstimate::isPlain)
                .flatMap(estimate -> expectedShortage(plan, HeapEstimate.PLANNER_ERROR));
    }

    /** Why the dataset may have to be given up while it is read; empty: it is expected to fit. */
    public Optional<String> doubt(DatasetPlan plan) {
        return expectedShortage(plan, 1);
    }

    private Optional<String> expectedShortage(DatasetPlan plan, int error) {
        return plan.expected()
                .filter(size -> HeapEstimate.heapBytes(size) / error > bytes)
                .map(size -> sentence(plan, size));
    }

    /**
     * Gives a dataset up before it is read.
     *
     * @throws UnusableInputException if it cannot fit
     */
    public void requireRoom(DatasetPlan plan) {
        refusal(plan).ifPresent(HeapLimit::refuse);
    }

    /**
     * Gives a dataset up in the midst of reading.
     *
     * @throws UnusableInputException if what was read so far cannot fit
     */
    public void requireRoom(DatasetPlan plan, InputSize read) {
        if (HeapEstimate.certainHeapBytes(read) > bytes) {
            refuse(sentence(plan, atLeast(plan, read)));
        }
    }

    /** The failure; where the heap was too small, with the sentence that says what to do. */
    public Throwable explained(Throwable failure, DatasetPlan plan, InputSize read) {
        Optional<OutOfMemoryError> shortage = shortage(failure);
        if (shortage.isEmpty()) {
            return failure;
        }
        UnusableInputException explained = new UnusableInputException(sentence(plan, atLeast(plan, read)));
        explained.initCause(shortage.get()); // not a connection that it broke, which would be tried again
        return explained;
    }

    /** The error behind a failure that says that the heap is too small; others of its class speak of threads, for example. */
    public static Optional<OutOfMemoryError> shortage(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (cause instanceof OutOfMemoryError error
                    && (message.contains("heap") || message.startsWith("GC overhead"))) {
                return Optional.of(error);
            }
        }
        return Optional.empty();
    }

    private static InputSize atLeast(DatasetPlan plan, InputSize read) {
        InputSize expected = HeapEstimate.expected(
                read.annotationRows(),
                read.predictionRows(),
                read.probabilities(),
                plan.settings().inputRules().classes().size());
        return expected.max(plan.expected().orElse(InputSize.NOTHING));
    }

    private static void refuse(String sentence) {
        throw new UnusableInputException(sentence);
    }

    private String sentence(DatasetPlan plan, InputSize size) {
        long needed = HeapEstimate.heapBytes(size);
        String advised = advice(AMPLE * Math.max(needed, bytes));
        return "Dataset '" + name(plan) + "' has about " + rows(plan, size) + " and needs "
                + (needed > bytes ? "about " + amount(needed) : "more than " + amount(bytes))
                + " of memory, the heap is limited to " + amount(bytes) + "; start with -Xmx" + advised
                + " (CROWDLAB_HEAP=" + advised + " with the launcher) or split the dataset";
    }

    private static String rows(DatasetPlan plan, InputSize size) {
        int classCount = plan.settings().inputRules().classes().size();
        return String.format(
                        Locale.ROOT,
                        "%,d annotation and %,d prediction rows",
                        size.annotationRows(),
                        size.predictionRows())
                + (classCount == 0 ? "" : " of " + Plural.of(classCount, "class", "classes"));
    }

    private static String name(DatasetPlan plan) {
        return plan.settings().name();
    }

    /** In the units of -Xmx. */
    static String amount(long bytes) {
        return bytes < GIBIBYTE
                ? Math.round(bytes / MEBIBYTE) + " MB"
                : String.format(Locale.ROOT, "%.1f GB", bytes / GIBIBYTE);
    }

    /** The value of -Xmx, rounded up. */
    private static String advice(double bytes) {
        return bytes < GIBIBYTE
                ? (long) Math.ceil(bytes / MEBIBYTE / ADVICE_STEP_MIB) * ADVICE_STEP_MIB + "m"
                : (long) Math.ceil(bytes / GIBIBYTE) + "g";
    }
}
