package dev.crowdlab.job;

/** Is told how far runs have come. Called from many threads. */
public interface Progress {

    /** Nobody wants to know. */
    Progress SILENT = new Progress() {
        @Override
        public void moved(String dataset, String step, long rowCount) {}

        @Override
        public void ended(String dataset, String step, long rowCount) {}
    };

    /** A step has moved so many rows so far. */
    void moved(String dataset, String step, long rowCount);

    /** A step has ended after so many rows. */
    void ended(String dataset, String step, long rowCount);
}
