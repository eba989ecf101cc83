package dev.crowdlab.report.words;

import dev.crowdlab.finding.Finding;
import dev.crowdlab.report.figures.AnnotatorFigures;
import dev.crowdlab.report.figures.ClassFigures;
import dev.crowdlab.report.figures.DoubtfulFigures;
import dev.crowdlab.report.figures.ExampleFigures;
import dev.crowdlab.report.figures.MachineFigures;
import dev.crowdlab.report.figures.PairFigures;
import dev.crowdlab.report.figures.PeriodFigures;
import dev.crowdlab.report.figures.RejectedFigures;
import dev.crowdlab.report.figures.ReportFigures;
import dev.crowdlab.report.figures.ReviewFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The data that all sections share.
 *
 * @param figures what the page is about
 * @param annotators how annotators are written
 * @param examples how examples are written
 * @param classes how classes are written
 * @param dates how days are written
 * @param texts what is shown of examples besides their ids
 */
public record Context(
        ReportFigures figures, Names annotators, Names examples, Names classes, Dates dates, ExampleFigures texts) {

    /** How many characters of an example's text are shown. */
    static final int MAX_TEXT = 200;

    /** From here on tables leave out what all annotators, or all classes, begin or end with. */
    private static final int LONG_ANNOTATOR = 20;

    private static final int LONG_CLASS = 12;

    public static Context of(ReportFigures figures, boolean hasPseudonyms) {
        return of(figures, ExampleFigures.NONE, hasPseudonyms);
    }

    public static Context of(ReportFigures figures, ExampleFigures texts, boolean hasPseudonyms) {
        List<String> annotators = annotators(figures);
        return new Context(
                figures,
                hasPseudonyms ? Names.pseudonyms(annotators) : Names.of(annotators, LONG_ANNOTATOR),
                Names.of(figures.examples()),
                Names.of(classes(figures.classes()), LONG_CLASS),
                Dates.of(figures.run().asOf()),
                texts);
    }

    /** The address of an example's page; empty: it has none. */
    public String link(String example) {
        return texts.link().apply(example);
    }

    /** The beginning of an example's text; null: it has none. */
    public @Nullable Shown text(String example) {
        return beginning(texts.texts().get(example));
    }

    /** The beginning of a text; null: there is none. */
    public static @Nullable Shown beginning(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String line = text.strip().replaceAll("[ \\t\\r\\n]+", " ");
        int end = line.offsetByCodePoints(0, Math.min(MAX_TEXT, line.codePointCount(0, line.length())));
        Shown shown = Shown.of(line.substring(0, end), Integer.MAX_VALUE - 1);
        return end == line.length() ? shown : shown.and("…");
    }

    private static List<String> classes(ClassFigures classes) {
        return Stream.concat(
                        classes.classes().stream(),
                        classes.byAnnotator().values().stream()
                                .flatMap(List::stream)
                                .flatMap(cell -> Stream.of(cell.consensus(), cell.given())))
                .distinct()
                .toList();
    }

    private static List<String> annotators(ReportFigures figures) {
        List<String> ids = new ArrayList<>();
        figures.annotators().rows().stream().map(AnnotatorFigures.Row::id).forEach(ids::add);
        figures.annotators().dots().stream().map(AnnotatorFigures.Dot::id).forEach(ids::add);
        ids.addAll(figures.pairs().annotators());
        figures.pairs().opposite().map(PairFigures.Opposite::pair).ifPresent(pair -> {
            ids.add(pair.first());
            ids.add(pair.second());
        });
        figures.pairs().oneClass().stream().map(PairFigures.OneClass::annotator).forEach(ids::add);
        figures.periods().series().stream().map(PeriodFigures.Series::annotator).forEach(ids::add);
        figures.machines().machines().stream().map(MachineFigures.Machine::id).forEach(ids::add);
        figures.machines().weights().stream()
                .map(MachineFigures.Weight::annotator)
                .filter(id -> !id.isEmpty())
                .forEach(ids::add);
        reviewed(figures.review())
                .flatMap(example -> example.votes().stream())
                .flatMap(vote -> vote.annotators().stream())
                .forEach(ids::add);
        figures.doubtful().rows().stream()
                .flatMap(row -> row.doubts().stream())
                .map(DoubtfulFigures.Doubt::annotator)
                .forEach(ids::add);
        figures.rejected().groups().stream()
                .map(RejectedFigures.Group::annotator)
                .filter(Objects::nonNull)
                .filter(id -> !id.isEmpty())
                .forEach(ids::add);
        return ids;
    }

    private static Stream<ReviewFigures.Example> reviewed(ReviewFigures review) {
        return Stream.of(review.lowest(), review.overruled(), review.unvoted()).flatMap(List::stream);
    }

    /** The words of a finding, as this page may show them. */
    public FindingWords words(Finding finding) {
        return new FindingWords(finding, annotators, figures.run().runId());
    }

    /** The text of a section whose rows have been removed. */
    public Prose removed() {
        return figures.run()
                .removedAt()
                .map(moment -> Prose.of("The rows of run " + figures.run().runId() + " were removed on "
                        + Dates.day(moment) + " (retention); statistics stay."))
                .orElseGet(() -> Prose.of("The run stored no rows."));
    }

    /** The start of a query over a table of this run. */
    public String from(String table) {
        return "select * from crowdlab." + table + " where run_id = "
                + figures.run().runId();
    }
}
