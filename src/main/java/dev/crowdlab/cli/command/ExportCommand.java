package dev.crowdlab.cli.command;

import static java.util.Objects.requireNonNull;

import dev.crowdlab.cli.call.Application;
import dev.crowdlab.cli.call.Application.DatabaseChoice;
import dev.crowdlab.cli.call.ProgramCall;
import dev.crowdlab.cli.terminal.ExitCode;
import dev.crowdlab.cli.terminal.OutputFile;
import dev.crowdlab.export.FileFormat;
import dev.crowdlab.export.TableExport;
import dev.crowdlab.export.TableExport.Exported;
import dev.crowdlab.export.TableExport.Probabilities;
import dev.crowdlab.export.TableExport.Wanted;
import dev.crowdlab.schema.Migration;
import dev.crowdlab.text.Plural;
import dev.crowdlab.text.UsageException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.TypeConversionException;

/** {@code export}: a view of the results as a file. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Writes the rows of one published dataset from a view of crowdlab_bi to a file, in one snapshot. The file is replaced"
                    + " completely or left unchanged. Only reads; SELECT on schema crowdlab_bi is enough.",
            ""
        })
final class ExportCommand implements Callable<Integer> {

    private static final String STANDARD_OUTPUT = "-";

    @ParentCommand
    private @Nullable ProgramCall parent;

    @Option(names = "--dataset", paramLabel = "D", required = true, description = "The dataset.")
    private String dataset = "";

    @Option(
            names = "--table",
            paramLabel = "T",
            required = true,
            description =
                    "A view of crowdlab_bi, such as label_quality; or training: example_id, consensus_label, quality"
                            + " and run_id, to train a model on; or next-tasks: what to ask annotators and experts next;"
                            + " or annotator-forecast: what one annotator would say of each example.")
    private String table = "";

    @Option(
            names = "--posterior",
            description =
                    "With --table training: also the probability of every class, for a dataset with store-posterior.")
    private boolean withPosterior;

    @Option(
            names = "--soft",
            description =
                    "With --table training: also how probable it is that the next annotator gives each class, for a"
                            + " dataset with store-soft-labels.")
    private boolean isSoft;

    @Option(
            names = "--annotator",
            paramLabel = "A",
            description =
                    "With --table annotator-forecast: whom it is about. It describes a person, and needs SELECT on"
                            + " annotator_stats.")
    private @Nullable String annotator;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = Converter.class,
            completionCandidates = Formats.class,
            description =
                    "csv, parquet, jsonl (one JSON object per line), or json (next-tasks only: tasks to import into Label"
                            + " Studio). Default: by the file's extension.")
    private @Nullable FileFormat format;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            required = true,
            description = "The file to write, or to replace; - is standard output.")
    private String out = "";

    @Option(
            names = "--spreadsheet-safe",
            description =
                    "With csv: put an apostrophe in front of texts that begin with =, +, -, @, a tab or a carriage"
                            + " return, which a spreadsheet would take for a formula.")
    private boolean isSpreadsheetSafe;

    @Override
    public Integer call() throws SQLException, IOException {
        ProgramCall command = requireNonNull(parent);
        Wanted wanted = new Wanted(
                dataset, table, Optional.ofNullable(annotator), probabilities(), format(), isSpreadsheetSafe);
        if (isSpreadsheetSafe && wanted.format() != FileFormat.CSV) {
            throw new UsageException("--spreadsheet-safe goes with --format csv, and the format is "
                    + wanted.format().word() + "; leave it out");
        }
        OutputFile file = new OutputFile(Path.of(out));
        if (!isStandardOutput()) {
            file.requireWritable();
        }
        try (Application application = command.start(DatabaseChoice.OWN_IF_IT_EXISTS)) {
            application.bean(Migration.class).requireNoLaterVersion();
            TableExport export = new TableExport(application.bean(DataSource.class));
            command.shutdown().onSignal(export::stop);
            if (isStandardOutput()) {
                OutputStream stream = new FileOutputStream(FileDescriptor.out);
                warn(command, export.write(wanted, stream));
                return ExitCode.OK;
            }
            Exported exported = file.write(stream -> export.write(wanted, stream));
            command.out().println(sentence(exported, file.path()));
            warn(command, exported);
            return ExitCode.OK;
        }
    }

    private static void warn(ProgramCall command, Exported exported) {
        new TreeMap<>(exported.omitted()).forEach((column, count) -> command.err()
                .println("Warning. Column " + column + " has " + Plural.of(count, "value", "values")
                        + " that no file can have as a moment, infinity or beyond the year 294246; the file has"
                        + " NULL there."));
    }

    private Optional<Probabilities> probabilities() {
        if (withPosterior && isSoft) {
            throw new UsageException("--posterior and --soft have columns of the same names; give one of them");
        }
        return isSoft
                ? Optional.of(Probabilities.SOFT)
                : withPosterior ? Optional.of(Probabilities.POSTERIOR) : Optional.empty();
    }

    private boolean isStandardOutput() {
        return out.equals(STANDARD_OUTPUT);
    }

    private FileFormat format() {
        if (format != null) {
            return format;
        }
        return FileFormat.named(out.substring(out.lastIndexOf('.') + 1))
                .orElseThrow(() -> new UsageException("The name of '" + out
                        + "' does not say its format; give --format csv, --format parquet or --format jsonl"));
    }

    private String sentence(Exported exported, Path path) {
        return String.format(
                Locale.ROOT,
                "Wrote %s of dataset '%s', run %d, %,d %s, to %s",
                table,
                dataset,
                exported.runId(),
                exported.rows(),
                exported.rows() == 1 ? "row" : "rows",
                path);
    }

    /** What shells complete. */
    private static final class Formats implements Iterable<String> {

        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(FileFormat.values()).map(FileFormat::word).iterator();
        }
    }

    private static final class Converter implements ITypeConverter<FileFormat> {

        @Override
        public FileFormat convert(String text) {
            return FileFormat.named(text)
                    .orElseThrow(
                            () -> new TypeConversionException("'" + text + "' is not csv, parquet, jsonl or json"));
        }
    }
}
