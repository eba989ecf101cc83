package dev.crowdlab.report.page;

import dev.crowdlab.report.figures.ExampleFigures;
import dev.crowdlab.report.figures.ReportFigures;
import dev.crowdlab.report.figures.RunFigures;
import dev.crowdlab.report.machine.MachineSection;
import dev.crowdlab.report.page.PageView.Link;
import dev.crowdlab.report.page.PageView.Sections;
import dev.crowdlab.report.state.StateSection;
import dev.crowdlab.report.words.Context;
import dev.crowdlab.report.words.Dates;
import dev.crowdlab.report.words.Prose;
import dev.crowdlab.report.words.Shown;
import dev.crowdlab.run.RunStatus;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import java.util.ArrayList;
import java.util.List;

/** Turns figures into a file: the same bytes for the same figures. Thread-safe. */
public final class Page {

    /** With templates that the build compiled. */
    private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);

    private final String script = StyleSheet.resource(Page.class, "script.js");

    /** The page as UTF-8, with ids alone for examples. */
    public byte[] html(ReportFigures figures, boolean hasPseudonyms) {
        return html(figures, ExampleFigures.NONE, hasPseudonyms, Prose.NONE);
    }

    /**
     * The page as UTF-8.
     *
     * @param trail links to pages beside it
     */
    public byte[] html(ReportFigures figures, ExampleFigures examples, boolean hasPseudonyms, Prose trail) {
        Utf8ByteOutput output = new Utf8ByteOutput();
        templates.render(
                "report/page.jte", view(Context.of(figures, examples, hasPseudonyms), hasPseudonyms, trail), output);
        return output.toByteArray();
    }

    private PageView view(Context context, boolean hasPseudonyms, Prose trail) {
        RunFigures run = context.figures().run();
        String style = StyleSheet.of(run.dataset(), "run " + run.runId());
        boolean hasSections = run.status() != RunStatus.FAILED && run.status() != RunStatus.SKIPPED;
        Sections sections = hasSections ? sections(context) : null;
        OriginView origin = new OriginSection(context, hasPseudonyms).view();
        List<Link> navigation = new ArrayList<>();
        if (sections != null) {
            sections.heads().forEach(head -> navigation.add(link(head)));
        }
        navigation.add(link(origin.head()));
        return new PageView(
                title(run),
                style,
                StyleSheet.hash(style),
                script,
                StyleSheet.hash(script),
                navigation,
                context,
                new HeaderSection(context).view(trail),
                sections,
                origin);
    }

    private static String title(RunFigures run) {
        return Shown.of(run.dataset(), Shown.IN_SENTENCE).plain() + " · " + Dates.day(run.asOf()) + " · run "
                + run.runId();
    }

    private static Sections sections(Context context) {
        return new Sections(
                new AgreementSection(context).view(),
                new AnnotatorSection(context).view(),
                new ClassSection(context).view(),
                new LabelSection(context).view(),
                new ShareSection(context).view(),
                new StateSection(context).view(),
                new MachineSection(context).view(),
                new ConsensusSection(context).view(),
                WorkListSection.again(context.figures()),
                WorkListSection.wrong(context.figures()),
                WorkListSection.next(context.figures()),
                new RejectedSection(context).view());
    }

    private static Link link(Head head) {
        return new Link("#" + head.id(), head.title(), head.isNone());
    }
}
