package dev.crowdlab.report;

import dev.crowdlab.report.Report.Options;
import dev.crowdlab.report.figures.NightFigures;
import dev.crowdlab.report.figures.NightFigures.Course;
import dev.crowdlab.report.figures.NightFigures.Subject;
import dev.crowdlab.report.figures.ReportFigures;
import dev.crowdlab.report.figures.RunFigures.Published;
import dev.crowdlab.report.overview.OverviewPage;
import dev.crowdlab.report.overview.OverviewPage.Night;
import dev.crowdlab.report.overview.Standing;
import dev.crowdlab.report.query.NightReader;
import dev.crowdlab.report.words.Prose;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** Makes the page over all datasets, and the reports behind it, whose figures it shows. Thread-safe. */
public final class Overview {

    private final NightReader reader;
    private final Report report;
    private final OverviewPage page = new OverviewPage();

    /** About the datasets in the database that the sessions lead to; SELECT on schema crowdlab is enough. */
    public Overview(DataSource sessions) {
        reader = new NightReader(sessions);
        report = new Report(sessions);
    }

    /**
     * The datasets that are published, known to the caller or were run of late.
     *
     * @param known the names of datasets that are configured or found
     */
    public NightFigures night(Set<String> known) {
        return reader.read(known);
    }

    /** Where the reports are put. */
    public interface Shelf {

        /** The links at the top of the report on a run. */
        Prose trail(String dataset, long runId);

        /** Puts a report there, and returns its address as seen from the overview. */
        String put(String dataset, long runId, byte[] html);
    }

    /** The runs of a dataset that have a report, in order: the one in use, and the last if it was stopped. */
    public static Set<Long> runs(Subject subject) {
        Set<Long> runs = new TreeSet<>();
        subject.inUse().ifPresent(runs::add);
        subject.stopped().ifPresent(run -> runs.add(run.runId()));
        return runs;
    }

    /**
     * Makes the reports on a dataset.
     *
     * @param warnings receives a sentence if something could not be read that a report can be without
     */
    public Standing standing(Subject subject, Shelf shelf, Options options, Consumer<String> warnings) {
        Map<Long, String> places = new TreeMap<>();
        Optional<ReportFigures> inUse = Optional.empty();
        for (long runId : runs(subject)) {
            ReportFigures figures = report.figures(runId, options);
            byte[] html = report.html(figures, options, shelf.trail(subject.dataset(), runId), warnings);
            places.put(runId, shelf.put(subject.dataset(), runId, html));
            if (subject.inUse().filter(run -> run == runId).isPresent()) {
                inUse = Optional.of(figures);
            }
        }
        List<Long> history = inUse.stream()
                .flatMap(figures -> figures.run().history().stream())
                .map(Published::runId)
                .toList();
        return new Standing(subject, inUse, reader.course(subject, history), places, Optional.empty());
    }

    /** A dataset whose reports could not be made. */
    public static Standing problem(Subject subject, String sentence) {
        return new Standing(
                subject, Optional.empty(), new Course(List.of(), Map.of()), Map.of(), Optional.of(sentence));
    }

    /** The page over all datasets, an HTML file in UTF-8. */
    public byte[] html(NightFigures night, List<Standing> standings, Options options) {
        return page.html(new Night(night.moment(), standings, options.hasPseudonyms(), options.hasSettings()));
    }
}
