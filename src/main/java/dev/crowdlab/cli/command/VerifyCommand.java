package dev.crowdlab.cli.command;

import static java.util.Objects.requireNonNull;

import dev.crowdlab.audit.CatalogCheck;
import dev.crowdlab.audit.CatalogCheck.Outcome;
import dev.crowdlab.audit.ChainHeads;
import dev.crowdlab.audit.ChainHeads.Head;
import dev.crowdlab.audit.IntegrityViolation;
import dev.crowdlab.audit.Verification;
import dev.crowdlab.audit.Verification.Report;
import dev.crowdlab.cli.call.Application;
import dev.crowdlab.cli.call.Application.DatabaseChoice;
import dev.crowdlab.cli.call.ProgramCall;
import dev.crowdlab.cli.terminal.ExitCode;
import dev.crowdlab.cli.terminal.JsonDocument;
import dev.crowdlab.schema.Migration;
import dev.crowdlab.text.UsageException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code verify}: checks that the database still matches what runs recorded. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Recomputes the audit chain and the digests of all kept tables, and reports every dataset, run and table that"
                    + " differs. Only reads; SELECT on schema crowdlab is enough. Exits with 3 if anything differs.",
            ""
        })
final class VerifyCommand implements Callable<Integer> {

    private static final String NO_ROW =
            "No row was verified, because row security may hide some; alter table … disable row level security"
                    + " switches it off.";

    @ParentCommand
    private @Nullable ProgramCall parent;

    @Option(names = "--dataset", paramLabel = "D", description = "Only the runs of this dataset. Default: all.")
    private @Nullable String dataset;

    @Option(
            names = "--against",
            paramLabel = "FILE",
            description = "Every hash in FILE, which --heads has written, must still be in its chain.")
    private @Nullable Path against;

    @Option(
            names = "--heads",
            paramLabel = "FILE",
            description = "Writes the newest hash of every chain to FILE, unless anything differs. Keep it where nobody"
                    + " who can change the database can write.")
    private @Nullable Path heads;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Override
    public Integer call() throws SQLException {
        ProgramCall command = requireNonNull(parent);
        List<Head> kept = against == null ? List.of() : keptHeads(new HeadsFile(against));
        if (heads != null) {
            new HeadsFile(heads).requireWritable();
        }
        try (Application application = command.start(DatabaseChoice.OWN_IF_IT_EXISTS)) {
            application.bean(Migration.class).requireCurrent();
            return verify(application.bean(DataSource.class), kept, command.out());
        }
    }

    private List<Head> keptHeads(HeadsFile file) {
        return file.read().stream()
                .filter(head -> dataset == null || head.dataset().equals(dataset))
                .toList();
    }

    private int verify(DataSource sessions, List<Head> kept, PrintWriter out) throws SQLException {
        Outcome catalog = new CatalogCheck(sessions).look();
        if (catalog.hidesRows()) {
            print(new Report(List.of(), catalog.differences(), Optional.empty(), List.of()), catalog, out);
            return ExitCode.DIFFERENT;
        }
        ChainHeads chains = new ChainHeads(sessions);
        List<Head> newest = chains.newest(Optional.ofNullable(dataset));
        List<IntegrityViolation> gone = kept.isEmpty() ? List.of() : gone(chains.missing(kept));
        Report report = new Verification(sessions)
                .verify(Optional.ofNullable(dataset))
                .and(gone)
                .and(catalog.differences());
        if (dataset != null && report.datasets().isEmpty() && report.dropped().isEmpty() && gone.isEmpty()) {
            throw new UsageException("There is no run of a dataset '" + dataset
                    + "', so there is nothing to verify; the command runs lists all runs");
        }
        print(report, catalog, out);
        if (against != null && gone.isEmpty() && !output.isJson() && !catalog.hidesRows()) {
            out.println(found(kept.size()));
        }
        if (heads != null && report.differences().isEmpty()) {
            new HeadsFile(heads).write(newest);
        } else if (heads != null && !output.isJson()) {
            out.println("File " + heads + " was left unchanged because of the differences.");
        }
        return report.differences().isEmpty() ? ExitCode.OK : ExitCode.DIFFERENT;
    }

    private String found(int count) {
        String of = dataset == null ? "" : " of dataset '" + dataset + "'";
        return switch (count) {
            case 0 -> "File " + against + " has no hash" + of + ", so nothing was compared with it.";
            case 1 -> "The one hash" + of + " in file " + against + " was found.";
            default -> "All " + count + " hashes" + of + " in file " + against + " were found.";
        };
    }

    private void print(Report report, Outcome catalog, PrintWriter out) {
        if (output.isJson()) {
            new JsonDocument(VerificationDocument.of(report, catalog)).print(out);
            return;
        }
        report.differences().stream().map(IntegrityViolation::sentence).forEach(out::println);
        if (catalog.hidesRows()) {
            out.println(NO_ROW);
        } else {
            new VerifySummary(report).lines().forEach(out::println);
            catalog.notCompared().ifPresent(out::println);
        }
    }

    private List<IntegrityViolation> gone(Set<Head> missing) {
        return missing.stream()
                .map(head -> new IntegrityViolation(
                        head.dataset(),
                        head.runId(),
                        head.table(),
                        "no longer has the row with hash " + head.hash() + ", which is in file " + against))
                .toList();
    }
}
