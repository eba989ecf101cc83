package dev.crowdlab.report;

import dev.crowdlab.report.page.Page;
import dev.crowdlab.report.query.FiguresReader;
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
     */
    public record Options(boolean hasPseudonyms, boolean hasSettings) {

        /** Annotators by id, no queries. */
        public static final Options DEFAULT = new Options(false, false);
    }

    /**
     * The report about a run that has ended, an HTML file in UTF-8: the same bytes as long as the run's rows are kept.
     */
    public byte[] html(long runId, Options options) {
        return page.html(reader.read(runId, options.hasSettings()), options.hasPseudonyms());
    }
}
