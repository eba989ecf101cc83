package dev.crowdlab.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.crowdlab.audit.ChainHeads.Head;
import dev.crowdlab.cli.terminal.OutputFile;
import dev.crowdlab.text.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of hashes, one per line with tab-separated fields: dataset, table, run, hash. Several files may be
 * concatenated.
 */
final class HeadsFile {

    private static final String HEADER = "# verify --heads: dataset, table, run, hash";
    private static final Pattern LINE =
            Pattern.compile("(.+)\t(run|publication_log|forget_log)\t(\\d{1,18})\t([0-9a-f]{64})");

    private final Path path;

    HeadsFile(Path path) {
        this.path = path.toAbsolutePath();
    }

    /** Reads the hashes. */
    List<Head> read() {
        List<String> lines;
        try {
            lines = Files.readAllLines(path, UTF_8);
        } catch (NoSuchFileException e) {
            throw new UsageException(
                    "There is no file " + path + " to verify against; verify --heads " + path + " writes it");
        } catch (IOException e) {
            throw new UsageException("File " + path + " cannot be read: " + e.getMessage());
        }
        if (lines.isEmpty() || !lines.get(0).startsWith("#")) {
            throw new UsageException(
                    "File " + path + " is not one that verify --heads has written: it does not begin with #");
        }
        List<Head> heads = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).startsWith("#")) {
                heads.add(head(i + 1, lines.get(i)));
            }
        }
        return heads;
    }

    private Head head(int number, String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new UsageException("Line " + number + " of file " + path + " is '" + line
                    + "' and not dataset, table, run and hash separated by tabs; use a complete copy of the file");
        }
        return new Head(matcher.group(1), matcher.group(2), Long.parseLong(matcher.group(3)), matcher.group(4));
    }

    /** Fails immediately if the file cannot be written, instead of after an hour of verification. */
    void requireWritable() {
        new OutputFile(path).requireWritable();
    }

    /** Replaces the file atomically. */
    void write(List<Head> heads) {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        heads.forEach(head ->
                text.append(head.dataset() + '\t' + head.table() + '\t' + head.runId() + '\t' + head.hash() + '\n'));
        new OutputFile(path).write(text.toString().getBytes(UTF_8));
    }
}
