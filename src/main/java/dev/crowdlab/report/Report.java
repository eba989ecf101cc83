package dev.crowdlab.report;

import dev.crowdlab.report.compare.ComparisonPage;
import dev.crowdlab.report.figures.ComparisonFigures;
import dev.crowdlab.report.figures.ExampleFigures;
import dev.crowdlab.report.figures.ReportFigures;
import dev.crowdlab.report.page.Page;
import dev.crowdlab.report.query.ComparisonReader;
import dev.crowdlab.report.query.FiguresReader;
import dev.crowdlab.report.words.Prose;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** Makes reports. Thread-safe. */
public final class Report {

    private final FiguresReader reader;
    private final ComparisonReader comparisons;
    private final Page page = new Page();
    private final ComparisonPage comparisonPage = new ComparisonPage();

    /** About runs in the database that the sessions lead to; SELECT on schema crowdlab is enough. */
    public Report(DataSource sessions) {
        reader = new FiguresReader(sessions);
        comparisons = new ComparisonReader(sessions);
    }

    /**
     * What a report leaves out or shows.
     *
     * @param hasPseudonyms whether annotators have numbers in the place of their ids
     * @param hasSettings whether to show the queries, and who started the run
     * @param examples what to show of examples besides their ids
     */
    public record Options(boolean hasPseudonyms, boolean hasSettings, ExampleSource examples) {}

    /**
     * The report about a run that has ended, an HTML file in UTF-8: the same bytes as long as the run's rows are kept,
     * and the texts of its examples are the same.
     *
     * @param warnings receives a sentence if something could not be read that the file can be without
     */
    public byte[] html(long runId, Options options, Consumer<String> warnings) {
        return html(figures(runId, options), options, Prose.NONE, warnings);
    }

    /** What the report about a run shows, apart from texts. */
    ReportFigures figures(long runId, Options options) {
        return reader.read(runId, options.hasSettings());
    }

    /**
     * The report that shows these figures.
     *
     * @param trail links to pages beside it
     */
    byte[] html(ReportFigures figures, Options options, Prose trail, Consumer<String> warnings) {
        Shown shown = new Shown(
                figures.examples(), figures.run().asOf(), List.of(figures.run().runId()));
        return page.html(figures, examples(shown, options, warnings), options.hasPseudonyms(), trail);
    }

    /**
     * A run and another one side by side, an HTML file in UTF-8; both must have results.
     *
     * @param runId the run that the page is about
     * @param other the run that it is compared with
     */
    public byte[] comparison(long runId, long other, Options options, Consumer<String> warnings) {
        ComparisonFigures figures = comparisons.read(other, runId);
        Shown shown = new Shown(figures.examples(), figures.second().run().asOf(), List.of(other, runId));
        return comparisonPage.html(
                figures, examples(shown, options, warnings), options.hasPseudonyms(), options.hasSettings());
    }

    /** The examples that a page shows, the moment of its texts, and the runs whose annotators it may hide. */
    private record Shown(Collection<String> examples, Instant asOf, List<Long> runs) {}

    private ExampleFigures examples(Shown shown, Options options, Consumer<String> warnings) {
        TreeSet<String> ids = new TreeSet<>(shown.examples());
        Optional<ExampleTexts> texts =
                ids.isEmpty() ? Optional.empty() : options.examples().texts(shown.asOf());
        if (texts.isEmpty()) {
            return new ExampleFigures(options.examples().link(), Map.of(), false);
        }
        try {
            Map<String, String> found = texts.get().read(ids);
            return new ExampleFigures(
                    options.examples().link(),
                    options.hasPseudonyms()
                            ? HiddenIds.without(
                                    shown.runs().stream()
                                            .flatMap(run -> reader.annotators(run).stream())
                                            .distinct()
                                            .toList(),
                                    found)
                            : found,
                    false);
        } catch (NoTextsException e) {
            warnings.accept("The report has no texts of examples: " + e.getMessage());
            return new ExampleFigures(options.examples().link(), Map.of(), true);
        }
    }
}
