package dev.crowdlab.report.overview;

import dev.crowdlab.report.figures.AnnotatorFigures;
import dev.crowdlab.report.figures.ReportFigures;
import dev.crowdlab.report.overview.OverviewView.Figure;
import dev.crowdlab.report.overview.OverviewView.Group;
import dev.crowdlab.report.overview.OverviewView.Row;
import dev.crowdlab.report.overview.Standing.Urgency;
import dev.crowdlab.report.page.StyleSheet;
import dev.crowdlab.report.words.Dates;
import dev.crowdlab.report.words.Numbers;
import dev.crowdlab.report.words.Prose;
import dev.crowdlab.report.words.Words;
import dev.crowdlab.run.RunStatus;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/** Turns the standings of datasets into a file. Thread-safe. */
public final class OverviewPage {

    /** With templates that the build compiled. */
    private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);

    private final String style =
            StyleSheet.of("all datasets", "overview") + StyleSheet.resource(OverviewPage.class, "overview.css");

    /**
     * What the page is made of.
     *
     * @param moment when
     * @param standings of all datasets, by name
     * @param hasPseudonyms whether no annotator is named
     * @param hasSettings whether its reports show queries
     */
    public record Night(Instant moment, List<Standing> standings, boolean hasPseudonyms, boolean hasSettings) {

        /** Copied. */
        public Night {
            standings = List.copyOf(standings);
        }

        private long count(Predicate<Standing> which) {
            return standings.stream().filter(which).count();
        }

        private long sum(ToLongFunction<ReportFigures> figure) {
            return standings.stream()
                    .flatMap(standing -> standing.figures().stream())
                    .mapToLong(figure)
                    .sum();
        }

        private long count(Urgency urgency) {
            return count(standing -> standing.urgency(moment) == urgency);
        }
    }

    /** The page as UTF-8. */
    public byte[] html(Night night) {
        Utf8ByteOutput output = new Utf8ByteOutput();
        templates.render("report/overview/page.jte", view(night), output);
        return output.toByteArray();
    }

    private OverviewView view(Night night) {
        return new OverviewView(
                style,
                StyleSheet.hash(style),
                "Overview · " + Dates.moment(night.moment()),
                lead(night),
                night.standings().isEmpty() ? List.of() : figures(night),
                groups(night),
                remarks(night),
                command(night.hasPseudonyms(), night.hasSettings()));
    }

    /** What makes the page, as it says itself. */
    public static String command(boolean hasPseudonyms, boolean hasSettings) {
        return "report --all --out DIR" + (hasPseudonyms ? " --pseudonyms" : "")
                + (hasSettings ? " --with-settings" : "");
    }

    private static Prose lead(Night night) {
        long all = night.standings().size();
        long urgent = night.count(Urgency.URGENT);
        if (all == 0) {
            return Prose.begin()
                    .bold("There is no dataset yet.")
                    .text(" Configure one under ")
                    .code("crowdlab.datasets")
                    .text(", or load its rows; then the command ")
                    .code("run")
                    .text(" computes its labels.")
                    .end();
        }
        if (urgent > 0) {
            return Prose.begin()
                    .bold(
                            all == 1
                                    ? "The only dataset needs somebody:"
                                    : Numbers.count(urgent) + " of " + Words.count(all, "dataset", "datasets") + " "
                                            + Words.word(urgent, "needs", "need") + " somebody:")
                    .text(" " + String.join(", ", reasons(night)) + ".")
                    .end();
        }
        long warned = night.count(Urgency.WARNED);
        return Prose.begin()
                .bold(
                        all == 1
                                ? "The dataset is up to date."
                                : "All " + Numbers.count(all) + " datasets are up to date.")
                .text(
                        warned == 0
                                ? " Nothing stands out."
                                : all == 1
                                        ? " It has warnings."
                                        : " " + Numbers.count(warned) + " " + Words.word(warned, "has", "have")
                                                + " warnings.")
                .end();
    }

    private static List<String> reasons(Night night) {
        List<String> reasons = new ArrayList<>();
        addReason(reasons, night.count(standing -> standing.hasEnded(RunStatus.FAILED)), "failed", "failed");
        addReason(
                reasons, night.count(standing -> standing.hasEnded(RunStatus.REFUSED)), "was refused", "were refused");
        addReason(
                reasons,
                night.count(standing -> standing.subject().inUse().isEmpty()),
                "has no result in use",
                "have no result in use");
        addReason(
                reasons,
                night.count(standing -> standing.daysWithoutRun(night.moment()).isPresent()),
                "was not run for over a week",
                "were not run for over a week");
        addReason(reasons, night.count(standing -> standing.problem().isPresent()), "has no report", "have no report");
        return reasons;
    }

    private static void addReason(List<String> reasons, long count, String one, String many) {
        if (count > 0) {
            reasons.add(Words.count(count, one, many));
        }
    }

    private static List<Figure> figures(Night night) {
        long inUse = night.count(standing -> standing.subject().inUse().isPresent());
        long drifting = night.sum(figures ->
                figures.annotators().size(AnnotatorFigures.Group.DRIFTING).annotators());
        return List.of(
                new Figure(
                        "Datasets", Numbers.count(night.standings().size()), Numbers.count(inUse) + " with a result"),
                new Figure(
                        "Refused or failed",
                        Numbers.count(night.count(
                                standing -> standing.subject().stopped().isPresent())),
                        "in their last run"),
                new Figure("With warnings", Numbers.count(night.count(Urgency.WARNED)), "and nothing worse"),
                new Figure(
                        "Examples labeled",
                        Numbers.count(
                                night.sum(figures -> figures.run().counts().examples())),
                        Numbers.count(night.sum(
                                        figures -> figures.run().counts().annotations())) + " labels"),
                new Figure("Drifting annotators", Numbers.count(drifting), "agree less than before"));
    }

    private static List<Group> groups(Night night) {
        return List.of(
                        group(night, Urgency.URGENT, "Need somebody"),
                        group(night, Urgency.WARNED, "With warnings"),
                        group(night, Urgency.FINE, "Nothing stands out"))
                .stream()
                .filter(group -> !group.rows().isEmpty())
                .toList();
    }

    private static Group group(Night night, Urgency urgency, String name) {
        List<Row> rows = night.standings().stream()
                .filter(standing -> standing.urgency(night.moment()) == urgency)
                .map(standing -> new DatasetRow(standing, night.moment(), night.hasPseudonyms()).row())
                .toList();
        return new Group(
                urgency.name().toLowerCase(Locale.ROOT), name, Words.count(rows.size(), "dataset", "datasets"), rows);
    }

    private static List<Prose> remarks(Night night) {
        List<Prose> remarks = new ArrayList<>();
        remarks.add(Prose.of(
                "Small lines show up to the last 30 published runs, each on its own scale. Intervals are 90\u202f%"
                        + " intervals. Times are in UTC."));
        remarks.add(Prose.of(
                "“Right” is the share of consensus labels that equal gold where 20 or more could be compared, otherwise what the"
                        + " method committee estimates. “Agreement” is Krippendorff’s alpha of the single labels. “Drifting” counts"
                        + " annotators who agree less with the consensus than before."));
        if (night.hasPseudonyms()) {
            remarks.add(Prose.of(
                    "No annotator is named here. In each report annotators have numbers, which hold within it only."));
        }
        if (!night.hasSettings()) {
            remarks.add(Prose.of(
                    "Queries, and who started the runs, are left out, because pages like these are passed on."));
        }
        return remarks;
    }
}
