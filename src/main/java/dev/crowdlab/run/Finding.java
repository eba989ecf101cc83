package dev.crowdlab.run;

/**
 * One finding about a run.
 *
 * @param code what was checked, unique within a run
 * @param severity how bad it is
 * @param message one readable sentence
 * @param observed the value found; NaN if there is none
 * @param threshold the value it is compared with; NaN if there is none
 */
public record Finding(String code, Severity severity, String message, double observed, double threshold) {

    /** Code of the finding of a run that failed: why, in the words of PostgreSQL, too. */
    public static final String FAILED = "FAILED";

    /** Code of the finding that records the mean quality, with which the next run is compared. */
    public static final String MEAN_QUALITY = "MEAN_QUALITY";

    /** Code of the finding that annotators seem to give opposite labels. */
    public static final String OPPOSITE_LABELS = "OPPOSITE_LABELS";

    /** Code of the finding that annotators give one class nearly always. */
    public static final String ONE_CLASS_ANNOTATORS = "ONE_CLASS_ANNOTATORS";

    public enum Severity {
        /** Recorded for information only. */
        INFO,
        /** Worth a look; the result is published. */
        WARN,
        /** The result is not published. */
        FAIL
    }
}
