package dev.crowdlab.cli.terminal;

import dev.crowdlab.text.UsageException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * The file of {@code run --summary}. It is written however the runs end, so that it never describes an earlier
 * call.
 */
public final class SummaryFile {

    private final OutputFile file;
    private final PrintWriter err;

    /** Creates the writer of a file. */
    public SummaryFile(Path path, PrintWriter err) {
        this.file = new OutputFile(path);
        this.err = err;
    }

    /**
     * Does the work and writes what it returns, or why it failed.
     *
     * @return the exit code; that of a failure if all went well but the file could not be written
     * @throws UsageException before any work, if the file cannot be written
     */
    public int writeAfter(Callable<SummaryDocument> runs) throws Exception {
        file.requireWritable();
        SummaryDocument summary;
        try {
            summary = runs.call();
        } catch (Exception e) {
            ErrorReport report = ErrorReport.of(e);
            write(new SummaryDocument(report.exitCode(), String.join(" ", report.sentences()), List.of(), List.of()));
            throw e;
        }
        return write(summary) || summary.exitCode() != ExitCode.OK ? summary.exitCode() : ExitCode.FAILED;
    }

    private boolean write(SummaryDocument summary) {
        try {
            file.write(new JsonDocument(summary).bytes());
            return true;
        } catch (UsageException e) {
            err.println(e.getMessage());
            return false;
        }
    }
}
