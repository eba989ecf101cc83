package dev.crowdlab.cli.command;

import static java.util.Objects.requireNonNull;

import dev.crowdlab.cli.call.Application;
import dev.crowdlab.cli.call.Application.DatabaseChoice;
import dev.crowdlab.cli.call.ProgramCall;
import dev.crowdlab.cli.command.OverviewFiles.Written;
import dev.crowdlab.cli.terminal.ExitCode;
import dev.crowdlab.cli.terminal.OutputFile;
import dev.crowdlab.report.Report;
import dev.crowdlab.report.Report.Options;
import dev.crowdlab.report.query.RunChoice;
import dev.crowdlab.report.query.RunChoice.Chosen;
import dev.crowdlab.schema.Migration;
import dev.crowdlab.text.UsageException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code report}: one run as a file for a browser. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = {
            "Writes one HTML file about a run, or with --all a folder about all datasets: how much annotators agree, whom to talk to, which classes are confused, what to review"
                    + ". It needs nothing but a browser and no network, and can be e-mailed and printed."
                    + " Only reads; SELECT on schema crowdlab is enough.",
            ""
        })
final class ReportCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable ProgramCall parent;

    @ArgGroup
    private @Nullable Subject subject;

    @Option(
            names = "--compare",
            paramLabel = "RUN",
            description =
                    "Instead sets the run beside this one, of the same dataset or another: which has the better labels, and what differs.")
    private @Nullable Long compared;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description =
                    "The file to write, or to replace. Default: report-DATASET-run-N.html in the working directory, with --compare"
                            + " report-DATASET-run-N-and-RUN.html. With --all the directory, which has no default.")
    private @Nullable Path out;

    @Option(
            names = "--pseudonyms",
            description =
                    "Numbers in the place of annotators' ids. They hold within the file; nothing in it leads back.")
    private boolean hasPseudonyms;

    @Option(
            names = "--with-settings",
            description =
                    "Also the queries of the dataset and who started the run. Left out otherwise: files are mailed.")
    private boolean hasSettings;

    /** The subject of the report. */
    private static final class Subject {

        @Option(
                names = "--dataset",
                paramLabel = "D",
                description = "The published run of this dataset. Default: of the only one that is published.")
        private @Nullable String dataset;

        @Option(names = "--run", paramLabel = "N", description = "This run, published or not.")
        private @Nullable Long runId;

        @Option(
                names = "--all",
                description = "All datasets: a page over them, index.html, and a report of each behind it, which links"
                        + " to the one before. The last 8 reports of a dataset stay.")
        private boolean isAll;
    }

    @Override
    public Integer call() throws SQLException {
        ProgramCall command = requireNonNull(parent);
        if (subject != null && subject.isAll) {
            return writeAll(command);
        }
        if (out != null) {
            new OutputFile(out).requireWritable();
        }
        try (Application application = command.start(DatabaseChoice.OWN_IF_IT_EXISTS)) {
            application.bean(Migration.class).requireCurrent();
            DataSource sessions = application.bean(DataSource.class);
            RunChoice runs = new RunChoice(sessions);
            Chosen run = choose(runs);
            Long other = compared == null ? null : runs.beside(run, compared).runId();
            String name = "report-" + run.dataset() + "-run-" + run.runId() + (other == null ? "" : "-and-" + other)
                    + ".html";
            OutputFile file = new OutputFile(out == null ? Path.of(name) : out);
            file.requireWritable();
            Options options = new Options(hasPseudonyms, hasSettings, new ExampleSources(application).of(run));
            Report report = new Report(sessions);
            file.write(
                    other == null
                            ? report.html(run.runId(), options, command.err()::println)
                            : report.comparison(run.runId(), other, options, command.err()::println));
            command.out()
                    .println((other == null ? "Wrote the report of run " : "Wrote the comparison of run ") + run.runId()
                            + " of dataset '" + run.dataset()
                            + (other == null ? "' to " : "' with run " + other + " to ")
                            + file.path());
            return ExitCode.OK;
        }
    }

    private int writeAll(ProgramCall command) throws SQLException {
        if (compared != null) {
            throw new UsageException("--all writes a report of each dataset and cannot compare; leave out --compare");
        }
        if (out == null) {
            throw new UsageException("--all writes a directory; name it with --out");
        }
        ReportFolder folder = new ReportFolder(out);
        folder.requireWritable();
        try (Application application = command.start(DatabaseChoice.OWN_IF_IT_EXISTS)) {
            application.bean(Migration.class).requireCurrent();
            Written written = new OverviewFiles(application, command.err()::println)
                    .write(folder, hasPseudonyms, hasSettings, command.shutdown()::hasBegun);
            command.out().println(written.sentence(folder));
            return written.problems() == 0 ? ExitCode.OK : ExitCode.FAILED;
        }
    }

    private Chosen choose(RunChoice runs) {
        Subject asked = subject;
        if (asked != null && asked.runId != null) {
            return runs.run(asked.runId);
        }
        return asked != null && asked.dataset != null ? runs.published(asked.dataset) : runs.published();
    }
}
