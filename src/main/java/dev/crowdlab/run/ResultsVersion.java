package dev.crowdlab.run;

/** What the results of this program are comparable with. */
public final class ResultsVersion {

    /**
     * Raise it by one in every change after which a run on the same input and settings may write anything else into a result
     * table than before: another number in its last digit, another label, another refused row or reason, another column. Then
     * every dataset is run once more after the upgrade. Leave it where results stay the same to the bit, or hosts with
     * different builds would run every dataset anew each night.
     */
    public static final int CURRENT = 2;

    private ResultsVersion() {}
}
