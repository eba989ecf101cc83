package dev.crowdlab.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.crowdlab.cli.terminal.OutputFile;
import dev.crowdlab.report.Overview;
import dev.crowdlab.report.Overview.Shelf;
import dev.crowdlab.report.Report.Options;
import dev.crowdlab.report.figures.NightFigures;
import dev.crowdlab.report.figures.NightFigures.Subject;
import dev.crowdlab.report.overview.OverviewPage;
import dev.crowdlab.report.overview.PageName;
import dev.crowdlab.report.words.Prose;
import dev.crowdlab.text.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder with the page over all datasets and the reports behind it. File after file is replaced, that page last: at any
 * moment every link leads to a whole file.
 */
final class ReportFolder implements Shelf {

    /** How many reports on a dataset stay. */
    static final int KEPT = 8;

    private static final String INDEX = "index.html";
    private static final String REPORTS = "reports";

    /** In every page over all datasets that this program has written. */
    private static final String OWN = "content=\"crowdlab-etl overview\"";

    private static final Pattern REPORT = Pattern.compile("(.+)-run-(\\d{1,18})\\.html");

    /** What a process that was killed leaves behind. */
    private static final Pattern PART = Pattern.compile("\\..+-run-\\d+\\.html\\.[0-9a-f-]{36}");

    private static final Pattern LINK = Pattern.compile(" · <a href=\"([^\"/]+)\">[^<]*</a>");

    private static final Duration ABANDONED = Duration.ofDays(1);

    private final Path directory;
    private final Path reports;

    /** The runs of which there are reports, by the name of the dataset's page; those of this call as well. */
    private final Map<String, NavigableSet<Long>> shelves = new TreeMap<>();

    /** Reports of this call. */
    private final Set<Path> written = new HashSet<>();

    ReportFolder(Path path) {
        directory = path.toAbsolutePath().normalize();
        reports = directory.resolve(REPORTS);
    }

    Path index() {
        return directory.resolve(INDEX);
    }

    /** Fails immediately if the folder cannot be written, instead of after the work for it; makes it if there is none. */
    void requireWritable() {
        try {
            Files.createDirectories(reports);
        } catch (IOException e) {
            throw new UsageException("Directory " + directory
                    + " cannot be written; name one that you may write to, or a new one in such");
        }
        new OutputFile(reports.resolve(INDEX)).requireWritable();
        new OutputFile(index()).requireWritable();
        if (Files.exists(index()) && !isOwn()) {
            throw new UsageException("File " + index() + " is not an overview of this program and would be overwritten;"
                    + " name an empty directory");
        }
    }

    private boolean isOwn() {
        try (Stream<String> lines = Files.lines(index(), UTF_8)) {
            return lines.limit(20).anyMatch(line -> line.contains(OWN));
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }

    /**
     * Looks up which reports there are. None of them stays if they show more than those of this call may.
     *
     * @param night the datasets that will have reports
     * @param options what the reports show
     */
    void open(NightFigures night, Options options) {
        boolean mayKeep = mayKeep(night.forgottenAt(), options);
        Map<String, NavigableSet<Long>> found = new TreeMap<>();
        for (Path file : files()) {
            Matcher name = REPORT.matcher(file.getFileName().toString());
            if (mayKeep && name.matches()) {
                found.computeIfAbsent(name.group(1), key -> new TreeSet<>()).add(Long.valueOf(name.group(2)));
            }
        }
        for (Subject subject : night.subjects()) {
            String page = PageName.of(subject.dataset());
            NavigableSet<Long> kept = new TreeSet<>(Overview.runs(subject));
            found.getOrDefault(page, new TreeSet<>()).descendingSet().stream()
                    .filter(run -> !kept.contains(run))
                    .limit(KEPT - (long) kept.size())
                    .toList()
                    .forEach(kept::add);
            shelves.put(page, kept);
        }
    }

    /** What the last call wrote tells how; without it nothing is known of the reports. */
    private boolean mayKeep(Optional<Instant> forgottenAt, Options options) {
        try {
            String before = Files.readString(index());
            Instant writtenAt = Files.getLastModifiedTime(index()).toInstant();
            return (before.contains(OverviewPage.command(true, false)) || !options.hasPseudonyms())
                    && (options.hasSettings() || !before.contains(" --with-settings</code>"))
                    && forgottenAt.filter(moment -> moment.isAfter(writtenAt)).isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.list(reports)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UsageException("Directory " + reports + " cannot be read: " + e.getMessage());
        }
    }

    private static String fileName(String page, long runId) {
        return page + "-run-" + runId + ".html";
    }

    @Override
    public Prose trail(String dataset, long runId) {
        String page = PageName.of(dataset);
        Prose.Builder trail = Prose.begin().link("../" + INDEX + "#dataset-" + page, "All datasets");
        before(page, runId).ifPresent(before -> trail.text(" · ")
                .link(fileName(page, before), "The report before, on run " + before));
        return trail.end();
    }

    private Optional<Long> before(String page, long runId) {
        return Optional.ofNullable(shelves.getOrDefault(page, new TreeSet<>()).lower(runId));
    }

    @Override
    public String put(String dataset, long runId, byte[] html) {
        Path file = reports.resolve(fileName(PageName.of(dataset), runId));
        new OutputFile(file).write(html);
        written.add(file);
        return REPORTS + "/" + file.getFileName();
    }

    /**
     * Puts the page over all datasets there, then removes reports that are no longer among the last of their dataset.
     *
     * @param moment by the clock of the database
     */
    void close(byte[] html, Instant moment) {
        new OutputFile(index()).write(html);
        try {
            List<Path> old =
                    files().stream().filter(file -> !written.contains(file)).toList();
            for (Path file : old) {
                unlink(file);
            }
            for (Path file : old) {
                if (isToGo(file, moment)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new UsageException("Old reports in " + reports + " cannot be removed: " + e.getMessage());
        }
    }

    private boolean isToGo(Path file, Instant moment) throws IOException {
        String name = file.getFileName().toString();
        Matcher report = REPORT.matcher(name);
        return report.matches()
                ? !isKept(report)
                : PART.matcher(name).matches()
                        && Files.getLastModifiedTime(file).toInstant().isBefore(moment.minus(ABANDONED));
    }

    private boolean isKept(Matcher report) {
        return shelves.getOrDefault(report.group(1), new TreeSet<>()).contains(Long.valueOf(report.group(2)));
    }

    /** The oldest report that stays links to one that goes. */
    private void unlink(Path file) throws IOException {
        Matcher report = REPORT.matcher(file.getFileName().toString());
        if (!report.matches()
                || !isKept(report)
                || before(report.group(1), Long.parseLong(report.group(2))).isPresent()) {
            return;
        }
        String html = Files.readString(file);
        Matcher link = LINK.matcher(html);
        if (link.find() && link.start() < html.indexOf("<h1>")) {
            new OutputFile(file).write((html.substring(0, link.start()) + html.substring(link.end())).getBytes(UTF_8));
        }
    }
}
