package dev.crowdlab.run;

/** The version of the computed results. */
public final class ResultsVersion {

    /**
     * Must be increased by one in every change after which a run on the same input and settings may write anything
     * different into a result table: the last digit of a number, a label, a rejected row or its reason, a new column.
     * Every dataset is then run once more after the upgrade. Must not be increased if results stay the same to the bit,
     * because hosts with different builds would then run every dataset anew each night.
     */
    public static final int CURRENT = 7;

    private ResultsVersion() {}
}
