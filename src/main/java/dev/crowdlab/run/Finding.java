package dev.crowdlab.run;

/**
 * One finding about a run.
 *
 * @param code what was looked at, unique within a run
 * @param severity how bad it is
 * @param message one sentence for a person
 * @param observed the figure found; NaN: there is none
 * @param threshold the figure that it is compared with; NaN: there is none
 */
public record Finding(String code, Severity severity, String message, double observed, double threshold) {

    /** The finding from which the next run learns what it is to be compared with. */
    public static final String MEAN_QUALITY = "MEAN_QUALITY";

    /** How bad a finding is. */
    public enum Severity {
        /** For the record. */
        INFO,
        /** Somebody should look at it; the result is published. */
        WARN,
        /** The result is not published. */
        FAIL
    }
}
