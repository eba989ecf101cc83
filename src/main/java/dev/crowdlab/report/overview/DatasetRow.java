package dev.crowdlab.report.overview;

import dev.crowdlab.finding.Finding.Severity;
import dev.crowdlab.report.figures.AgreementFigures.Statistic;
import dev.crowdlab.report.figures.AnnotatorFigures.Group;
import dev.crowdlab.report.figures.ConsensusFigures.Share;
import dev.crowdlab.report.figures.NightFigures.Course;
import dev.crowdlab.report.figures.NightFigures.Point;
import dev.crowdlab.report.figures.NightFigures.Started;
import dev.crowdlab.report.figures.NightFigures.Subject;
import dev.crowdlab.report.figures.ReportFigures;
import dev.crowdlab.report.figures.Rightness;
import dev.crowdlab.report.figures.Rightness.Basis;
import dev.crowdlab.report.figures.RunFigures;
import dev.crowdlab.report.overview.OverviewView.Need;
import dev.crowdlab.report.overview.OverviewView.Night;
import dev.crowdlab.report.overview.OverviewView.Row;
import dev.crowdlab.report.overview.OverviewView.Value;
import dev.crowdlab.report.picture.Sparkline;
import dev.crowdlab.report.words.Dates;
import dev.crowdlab.report.words.FindingWords;
import dev.crowdlab.report.words.Numbers;
import dev.crowdlab.report.words.Prose;
import dev.crowdlab.report.words.Shown;
import dev.crowdlab.report.words.Words;
import dev.crowdlab.run.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Turns what is known of a dataset into a row of the overview. */
final class DatasetRow {

    /** As long as a name may be. */
    private static final int MAX_NAME = 100;

    private static final int MAX_NEEDS = 3;
    private static final int MAX_WORDS = 140;
    private static final double SPARK_WIDTH = 72;
    private static final double SPARK_HEIGHT = 20;

    private final Standing standing;
    private final Subject subject;
    private final Instant moment;
    private final boolean hasPseudonyms;
    private final Dates dates;

    DatasetRow(Standing standing, Instant moment, boolean hasPseudonyms) {
        this.standing = standing;
        subject = standing.subject();
        this.moment = moment;
        this.hasPseudonyms = hasPseudonyms;
        dates = Dates.of(moment);
    }

    Row row() {
        Optional<ReportFigures> figures = standing.figures();
        return new Row(
                "dataset-" + PageName.of(subject.dataset()),
                Shown.of(subject.dataset(), MAX_NAME),
                subject.inUse().map(standing::href).orElse(""),
                night(),
                figures.map(this::data).orElse(new Value("", "nothing in use", null)),
                figures.map(this::right).orElse(Value.NONE),
                figures.map(this::agreement).orElse(Value.NONE),
                figures.map(this::labels).orElse(Value.NONE),
                figures.map(DatasetRow::drift).orElse(Value.NONE),
                needs());
    }

    private Night night() {
        Optional<Started> newest = subject.newest();
        if (newest.isEmpty()) {
            return new Night("old", "No run", "", "");
        }
        RunStatus status = newest.get().status();
        return new Night(
                switch (status) {
                    case REFUSED, FAILED -> "bad";
                    case PUBLISHED -> "good";
                    default -> "old";
                },
                switch (status) {
                    case PUBLISHED -> "Published";
                    case SKIPPED -> "Unchanged";
                    case REFUSED -> "Refused";
                    case FAILED -> "Failed";
                    case RUNNING -> "Running";
                },
                subject.stopped()
                        .filter(run -> run.runId() == newest.get().runId())
                        .map(run -> standing.href(run.runId()))
                        .orElse(""),
                dates.shortMoment(newest.get().startedAt()));
    }

    private Value data(ReportFigures figures) {
        long days = Duration.between(figures.run().asOf(), moment).toDays();
        String label = subject.newestLabel()
                .map(newest -> "newest label " + dates.shortDay(newest))
                .orElse("");
        String age = days < 1 ? "" : Words.count(days, "day", "days") + " old";
        return new Value(
                dates.shortDay(figures.run().asOf()),
                age.isEmpty() || label.isEmpty() ? age + label : age + ", " + label,
                null);
    }

    private Value right(ReportFigures figures) {
        Rightness right =
                Rightness.of(figures.consensus(), figures.run().counts().examples());
        if (right.basis() == Basis.UNKNOWN) {
            return new Value(Numbers.NONE, "not known", null);
        }
        Share share = right.share();
        boolean isByGold = right.basis() == Basis.GOLD;
        return new Value(
                Numbers.percent(share.value()),
                interval(Numbers.percent(share.lower()), Numbers.percent(share.upper()))
                        + (isByGold ? " by gold" : " estimated"),
                spark(figures.run(), point -> isByGold ? point.gold() : point.estimated()));
    }

    private static String interval(String lower, String upper) {
        return lower + " to " + upper;
    }

    private Value agreement(ReportFigures figures) {
        Optional<Statistic> alpha = figures.agreement().defined("krippendorff_alpha");
        return alpha.map(found -> new Value(
                        Numbers.score(found.value()),
                        found.hasInterval() ? interval(Numbers.score(found.lower()), Numbers.score(found.upper())) : "",
                        spark(figures.run(), Point::alpha)))
                .orElse(new Value(Numbers.NONE, "not known", null));
    }

    private Value labels(ReportFigures figures) {
        RunFigures run = figures.run();
        List<Double> values = run.history().stream()
                .map(published -> (double) published.annotations())
                .toList();
        return new Value(
                Numbers.count(run.counts().annotations()),
                run.before()
                        .map(before -> run.counts().annotations() - before.annotations())
                        .map(more -> more == 0 ? "unchanged" : Numbers.change(more))
                        .orElse("first run"),
                spark(values));
    }

    private @Nullable Sparkline spark(RunFigures run, ToDoubleFunction<Point> value) {
        List<Double> values = run.history().stream()
                .map(published -> standing.course().points().getOrDefault(published.runId(), Course.UNKNOWN))
                .map(value::applyAsDouble)
                .toList();
        return spark(values);
    }

    private static @Nullable Sparkline spark(List<Double> values) {
        return Sparkline.own(values, SPARK_WIDTH, SPARK_HEIGHT).orElse(null);
    }

    private static Value drift(ReportFigures figures) {
        long drifting = figures.annotators().size(Group.DRIFTING).annotators();
        return new Value(
                drifting == 0 ? "none" : Numbers.count(drifting),
                "of " + Numbers.count(figures.run().counts().annotators()),
                null);
    }

    private List<Need> needs() {
        List<Prose> told = new ArrayList<>();
        standing.problem()
                .ifPresent(problem -> told.add(
                        Prose.begin().boldId(Shown.of(problem, MAX_WORDS)).end()));
        add(Severity.FAIL, told);
        if (subject.inUse().isEmpty()) {
            told.add(bold(subject.newest().isEmpty() ? "It has never been run." : "No result is in use."));
        }
        standing.daysWithoutRun(moment)
                .ifPresent(days -> told.add(bold("No run for " + Words.count(days, "day", "days") + ".")));
        add(Severity.WARN, told);
        List<Need> needs = new ArrayList<>();
        told.stream().limit(MAX_NEEDS).forEach(words -> needs.add(new Need(true, words)));
        if (told.size() > MAX_NEEDS) {
            needs.add(new Need(false, Prose.of("and " + Numbers.count(told.size() - MAX_NEEDS) + " more")));
        }
        return needs;
    }

    private static Prose bold(String words) {
        return Prose.begin().bold(words).end();
    }

    private void add(Severity severity, List<Prose> told) {
        long runId = subject.ended().map(Started::runId).orElse(0L);
        standing.course().findings().stream()
                .filter(finding -> finding.severity() == severity)
                .map(finding -> FindingWords.of(finding, hasPseudonyms, runId).prose(MAX_WORDS))
                .forEach(told::add);
    }
}
