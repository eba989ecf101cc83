package dev.crowdlab.report.compare;

import dev.crowdlab.report.compare.ComparisonView.Sections;
import dev.crowdlab.report.compare.ComparisonView.SideView;
import dev.crowdlab.report.compare.ComparisonView.Top;
import dev.crowdlab.report.figures.ComparisonFigures;
import dev.crowdlab.report.figures.ComparisonFigures.Side;
import dev.crowdlab.report.figures.ExampleFigures;
import dev.crowdlab.report.figures.RunFigures;
import dev.crowdlab.report.page.PageView.Link;
import dev.crowdlab.report.page.StyleSheet;
import dev.crowdlab.report.words.Dates;
import dev.crowdlab.report.words.Prose;
import dev.crowdlab.report.words.Shown;
import dev.crowdlab.run.RunStatus;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import java.util.ArrayList;
import java.util.List;

/** Turns the figures of two runs into a file: the same bytes for the same figures. Thread-safe. */
public final class ComparisonPage {

    /** With templates that the build compiled. */
    private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);

    private final String ownStyle = StyleSheet.resource(ComparisonPage.class, "compare.css");

    /**
     * The page as UTF-8.
     *
     * @param hasSettings whether to show the queries that differ
     */
    public byte[] html(ComparisonFigures figures, ExampleFigures examples, boolean hasPseudonyms, boolean hasSettings) {
        Utf8ByteOutput output = new Utf8ByteOutput();
        templates.render("report/compare/page.jte", view(figures, examples, hasPseudonyms, hasSettings), output);
        return output.toByteArray();
    }

    private ComparisonView view(
            ComparisonFigures figures, ExampleFigures examples, boolean hasPseudonyms, boolean hasSettings) {
        RunFigures first = figures.first().run();
        RunFigures second = figures.second().run();
        Sections sections = sections(figures, examples, hasPseudonyms, hasSettings);
        String runs = "runs " + first.runId() + " and " + second.runId();
        String style = StyleSheet.of(second.dataset(), runs) + ownStyle;
        return new ComparisonView(
                Shown.of(second.dataset(), Shown.IN_SENTENCE).plain() + " · " + runs,
                style,
                StyleSheet.hash(style),
                navigation(sections),
                top(figures),
                sections,
                remarks(examples, hasPseudonyms, hasSettings),
                "report --run " + second.runId() + " --compare " + first.runId()
                        + (hasPseudonyms ? " --pseudonyms" : "") + (hasSettings ? " --with-settings" : ""));
    }

    private static Top top(ComparisonFigures figures) {
        return new Top(
                figures.sides()
                        .map(side -> side.run().dataset())
                        .distinct()
                        .map(dataset -> Shown.of(dataset, Shown.IN_SENTENCE))
                        .toList(),
                figures.sides().map(ComparisonPage::side).toList(),
                new Verdict(figures).sentence(),
                new Notes(figures).notes());
    }

    private static Sections sections(
            ComparisonFigures figures, ExampleFigures examples, boolean hasPseudonyms, boolean hasSettings) {
        OriginTables origin = new OriginTables(figures, hasSettings);
        LabelTables labels = new LabelTables(figures, examples);
        return new Sections(
                new FigureTable(figures).view(),
                origin.settings(),
                labels.classes(),
                labels.labels(),
                new AnnotatorMoves(figures, hasPseudonyms).view(),
                origin.models());
    }

    private static SideView side(Side side) {
        RunFigures run = side.run();
        boolean isRefused = run.status() == RunStatus.REFUSED;
        boolean isRemoved = run.removedAt().isPresent();
        return new SideView(
                Sides.heading(side),
                Shown.of(run.dataset(), Shown.IN_SENTENCE),
                isRefused ? "Refused" : isRemoved ? "Removed" : "Published",
                isRefused ? "bad" : isRemoved ? "old" : "good",
                "data as of " + Dates.moment(run.asOf()));
    }

    private static List<Link> navigation(Sections sections) {
        List<Link> links = new ArrayList<>();
        sections.heads().forEach(head -> links.add(new Link("#" + head.id(), head.title(), head.isNone())));
        links.add(new Link("#how", "How it was made", false));
        return links;
    }

    private static List<Prose> remarks(ExampleFigures examples, boolean hasPseudonyms, boolean hasSettings) {
        List<Prose> remarks = new ArrayList<>();
        remarks.add(Prose.of("The interval of a difference comes from the intervals of both values, as if the runs were"
                + " independent. Where they share examples, it is rather too wide."));
        if (examples.areTextsMissing()) {
            remarks.add(Prose.of("The texts of the examples are missing, because they could not be read."));
        }
        if (hasPseudonyms) {
            remarks.add(Prose.of(
                    "Annotators have pseudonyms, numbered as they appear here, and the same in both runs. They hold"
                            + " within this file only, and nothing in it leads back to the ids."));
        }
        if (!hasSettings) {
            remarks.add(
                    Prose.of("Queries, and who started the runs, are left out, because files like this are mailed."));
        }
        return remarks;
    }
}
