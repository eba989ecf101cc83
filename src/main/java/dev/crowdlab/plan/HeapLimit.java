package dev.crowdlab.plan;

import dev.crowdlab.engine.pass.UnusableInputException;
import dev.crowdlab.input.InputEstimate;
import dev.crowdlab.postgres.Causes;
import dev.crowdlab.text.Plural;
import java.util.Locale;
import java.util.Optional;

/**
 * Decides whether datasets fit into the heap, and explains what to do if one does not. A dataset that might fit is
 * never refused before it is read unless the estimate is certain; otherwise the rows are counted as they are read.
 *
 * @param bytes the maximum heap of the JVM
 */
public record HeapLimit(long bytes) {

    private static final double MEBIBYTE = 1 << 20;
    private static final double GIBIBYTE = 1 << 30;

    /** The smallest sufficient heap leaves no room for the garbage collector, so this multiple is recommended. */
    private static final double AMPLE = 1.25;

    private static final int ADVICE_STEP_MIB = 100;

    /** The limit of this process. */
    public static HeapLimit ofProcess() {
        return new HeapLimit(Runtime.getRuntime().maxMemory());
    }

    /** Describes what a run of the dataset will need; empty if the planner does not know. */
    public Optional<String> estimate(DatasetPlan plan) {
        return plan.expected()
                .map(size -> "Dataset '" + name(plan) + "' has about " + rows(plan, size) + "; a run takes about "
                        + amount(plan.heapBytes(size)) + " of memory, of " + amount(bytes) + " of heap, "
                        + amount(plan.diskBytes(size)) + " of the database's disk, and "
                        + Plural.of(HeapEstimate.duration(size)));
    }

    /** Returns why the dataset will not be read; empty if it will. */
    public Optional<String> refusal(DatasetPlan plan) {
        return plan.estimate()
                .filter(InputEstimate::isPlain)
                .flatMap(estimate -> expectedShortage(plan, HeapEstimate.PLANNER_ERROR));
    }

    /** Returns why reading the dataset may have to be aborted; empty if it is expected to fit. */
    public Optional<String> doubt(DatasetPlan plan) {
        return expectedShortage(plan, 1);
    }

    private Optional<String> expectedShortage(DatasetPlan plan, int error) {
        return plan.expected()
                .filter(size -> plan.heapBytes(size) / error > bytes)
                .map(size -> sentence(plan, size));
    }

    /**
     * Refuses a dataset before it is read.
     *
     * @throws UnusableInputException if it cannot fit
     */
    public void requireRoom(DatasetPlan plan) {
        refusal(plan).ifPresent(HeapLimit::refuse);
    }

    /**
     * Aborts a dataset while it is read.
     *
     * @throws UnusableInputException if the rows read so far cannot fit
     */
    public void requireRoom(DatasetPlan plan, InputSize read) {
        if (HeapEstimate.certainHeapBytes(read) > bytes) {
            refuse(sentence(plan, atLeast(plan, read)));
        }
    }

    /** Returns the failure. If the heap was too small, an explanation of what to do is added. */
    public Throwable explained(Throwable failure, DatasetPlan plan, InputSize read) {
        Optional<OutOfMemoryError> shortage = shortage(failure);
        if (shortage.isEmpty()) {
            return failure;
        }
        UnusableInputException explained = new UnusableInputException(sentence(plan, atLeast(plan, read)));
        explained.initCause(shortage.get()); // replaces a broken connection as the cause, which would be retried
        return explained;
    }

    /** Finds the error that reports an exhausted heap; other OutOfMemoryErrors are about threads, for example. */
    public static Optional<OutOfMemoryError> shortage(Throwable failure) {
        return Causes.of(failure).stream()
                .filter(OutOfMemoryError.class::isInstance)
                .map(OutOfMemoryError.class::cast)
                .filter(HeapLimit::isOfHeap)
                .findFirst();
    }

    private static boolean isOfHeap(OutOfMemoryError error) {
        String message = String.valueOf(error.getMessage());
        return message.contains("heap") || message.startsWith("GC overhead");
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
        long needed = plan.heapBytes(size);
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

    /** Formats an amount of memory in the units of -Xmx. */
    static String amount(long bytes) {
        return bytes < GIBIBYTE
                ? Math.round(bytes / MEBIBYTE) + " MB"
                : String.format(Locale.ROOT, "%.1f GB", bytes / GIBIBYTE);
    }

    /** The recommended value of -Xmx, rounded up. */
    private static String advice(double bytes) {
        return bytes < GIBIBYTE
                ? (long) Math.ceil(bytes / MEBIBYTE / ADVICE_STEP_MIB) * ADVICE_STEP_MIB + "m"
                : (long) Math.ceil(bytes / GIBIBYTE) + "g";
    }
}
