package dev.crowdlab.cli;

import dev.crowdlab.report.Report;
import dev.crowdlab.report.Report.Options;
import dev.crowdlab.report.query.RunChoice;
import dev.crowdlab.report.query.RunChoice.Chosen;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** The reports of a new user's first runs, next to the embedded database. */
final class ReportFiles {

    private static final int MAX = 5;

    private final DataSource sessions;

    ReportFiles(DataSource sessions) {
        this.sessions = sessions;
    }

    /**
     * Writes a report of every published dataset, of the first {@value #MAX} at most.
     *
     * @return lines that name the files
     */
    List<String> writeAll(Path directory) {
        List<String> lines = new ArrayList<>();
        for (Chosen run : new RunChoice(sessions).all().stream().limit(MAX).toList()) {
            OutputFile file = new OutputFile(directory.resolve("report-" + run.dataset() + ".html"));
            file.write(new Report(sessions).html(run.runId(), Options.DEFAULT));
            lines.add((lines.isEmpty() ? "The report, for your browser: " : "and: ") + file.path());
        }
        return lines;
    }
}
