package dev.crowdlab.report;

import dev.crowdlab.report.figures.ExampleFigures;
import dev.crowdlab.report.figures.ReportFigures;
import dev.crowdlab.report.page.Page;
import dev.crowdlab.report.query.FiguresReader;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** Makes reports. Thread-safe. */
public final class Report {

    private final FiguresReader reader;
    private final Page page = new Page();

    /** About runs in the database that the sessions lead to; SELECT on schema crowdlab is enough. */
    public Report(DataSource sessions) {
        reader = new FiguresReader(sessions);
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
        ReportFigures figures = reader.read(runId, options.hasSettings());
        return page.html(figures, examples(figures, options, warnings), options.hasPseudonyms());
    }

    private ExampleFigures examples(ReportFigures figures, Options options, Consumer<String> warnings) {
        TreeSet<String> ids = new TreeSet<>(figures.examples());
        Optional<ExampleTexts> texts = ids.isEmpty()
                ? Optional.empty()
                : options.examples().texts(figures.run().asOf());
        if (texts.isEmpty()) {
            return new ExampleFigures(options.examples().link(), Map.of(), false);
        }
        try {
            Map<String, String> found = texts.get().read(ids);
            return new ExampleFigures(
                    options.examples().link(),
                    options.hasPseudonyms()
                            ? HiddenIds.without(reader.annotators(figures.run().runId()), found)
                            : found,
                    false);
        } catch (NoTextsException e) {
            warnings.accept("The report has no texts of examples: " + e.getMessage());
            return new ExampleFigures(options.examples().link(), Map.of(), true);
        }
    }
}
