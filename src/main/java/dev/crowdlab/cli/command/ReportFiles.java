package dev.crowdlab.cli.command;

import dev.crowdlab.cli.call.Application;
import dev.crowdlab.cli.terminal.OutputFile;
import dev.crowdlab.report.Report;
import dev.crowdlab.report.Report.Options;
import dev.crowdlab.report.query.RunChoice;
import dev.crowdlab.report.query.RunChoice.Chosen;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** The reports of a new user's first runs, next to the embedded database. */
final class ReportFiles {

    private static final int MAX = 5;

    private final DataSource sessions;
    private final ExampleSources examples;

    ReportFiles(Application application) {
        sessions = application.bean(DataSource.class);
        examples = new ExampleSources(application);
    }

    /**
     * Writes a report of every published dataset, of the first {@value #MAX} at most.
     *
     * @param warnings receives a sentence for what a report is written without
     * @return lines that name the files
     */
    List<String> writeAll(Path directory, Consumer<String> warnings) {
        List<String> lines = new ArrayList<>();
        for (Chosen run : new RunChoice(sessions).all().stream().limit(MAX).toList()) {
            OutputFile file = new OutputFile(directory.resolve("report-" + run.dataset() + ".html"));
            file.write(new Report(sessions).html(run.runId(), new Options(false, false, examples.of(run)), warnings));
            lines.add((lines.isEmpty() ? "The report, for your browser: " : "and: ") + file.path());
        }
        return lines;
    }
}
