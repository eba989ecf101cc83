package dev.crowdlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.finding.Finding;
import dev.crowdlab.finding.Finding.Severity;
import dev.crowdlab.finding.FindingCode;
import dev.crowdlab.finding.Wording;
import dev.crowdlab.report.figures.AgreementFigures;
import dev.crowdlab.report.figures.AgreementFigures.Statistic;
import dev.crowdlab.report.figures.AnnotatorFigures;
import dev.crowdlab.report.figures.AnnotatorFigures.Dot;
import dev.crowdlab.report.figures.AnnotatorFigures.Gold;
import dev.crowdlab.report.figures.AnnotatorFigures.Group;
import dev.crowdlab.report.figures.AnnotatorFigures.Interval;
import dev.crowdlab.report.figures.AnnotatorFigures.MixUp;
import dev.crowdlab.report.figures.AnnotatorFigures.Row;
import dev.crowdlab.report.figures.AnnotatorFigures.Size;
import dev.crowdlab.report.figures.ClassFigures;
import dev.crowdlab.report.figures.ConsensusFigures;
import dev.crowdlab.report.figures.ConsensusFigures.Bin;
import dev.crowdlab.report.figures.ConsensusFigures.Expert;
import dev.crowdlab.report.figures.ConsensusFigures.Method;
import dev.crowdlab.report.figures.ConsensusFigures.Model;
import dev.crowdlab.report.figures.ConsensusFigures.Share;
import dev.crowdlab.report.figures.DoubtfulFigures;
import dev.crowdlab.report.figures.DoubtfulFigures.Doubt;
import dev.crowdlab.report.figures.LabelFigures;
import dev.crowdlab.report.figures.MachineFigures;
import dev.crowdlab.report.figures.NextFigures;
import dev.crowdlab.report.figures.OriginFigures;
import dev.crowdlab.report.figures.PairFigures;
import dev.crowdlab.report.figures.PairFigures.Pair;
import dev.crowdlab.report.figures.PeriodFigures;
import dev.crowdlab.report.figures.RejectedFigures;
import dev.crowdlab.report.figures.ReportFigures;
import dev.crowdlab.report.figures.ReviewFigures;
import dev.crowdlab.report.figures.ReviewFigures.Example;
import dev.crowdlab.report.figures.ReviewFigures.ModelLabel;
import dev.crowdlab.report.figures.ReviewFigures.Vote;
import dev.crowdlab.report.figures.RunFigures;
import dev.crowdlab.report.figures.RunFigures.Changes;
import dev.crowdlab.report.figures.RunFigures.Counts;
import dev.crowdlab.report.figures.RunFigures.Published;
import dev.crowdlab.report.figures.ShareFigures;
import dev.crowdlab.report.figures.StandingFigures;
import dev.crowdlab.report.figures.StateFigures;
import dev.crowdlab.run.RunStatus;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Figures of a run that never was, as full as the page can be; with the words that a test wants for ids and labels. */
public final class FiguresFixture {

    public static final Instant AS_OF = Instant.parse("2026-11-23T04:00:00Z");

    private final int annotators;
    private final int classes;
    private final IntFunction<String> words;

    private FiguresFixture(int annotators, int classes, IntFunction<String> words) {
        this.annotators = annotators;
        this.classes = classes;
        this.words = words;
    }

    /** So many annotators and classes; words make an id of a number. */
    public static ReportFigures figures(int annotators, int classes, IntFunction<String> words) {
        return new FiguresFixture(annotators, classes, words).figures();
    }

    /** Figures of which one part is another one of its type; all else as it is. */
    public static ReportFigures with(ReportFigures figures, Record part) {
        RecordComponent[] components = ReportFigures.class.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        assertThat(types).contains(part.getClass());
        try {
            Object[] parts = new Object[types.length];
            for (int index = 0; index < parts.length; index++) {
                parts[index] = types[index].equals(part.getClass())
                        ? part
                        : components[index].getAccessor().invoke(figures);
            }
            return ReportFigures.class.getDeclaredConstructor(types).newInstance(parts);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The run of the figures with these findings and this status. */
    public static RunFigures run(RunStatus status, List<Finding> findings, List<Published> history) {
        return new RunFigures(
                8,
                "search-relevance",
                AS_OF,
                status,
                Duration.ofSeconds(75),
                new Counts(2_621, 44, 15_311, 177, 5, 3, 32),
                findings,
                history,
                Optional.of(new Changes(32, 1, 0)),
                Optional.empty());
    }

    /** The newest run came to this, while run 8 is in use. */
    public static StandingFigures standing(long newest, RunStatus status) {
        boolean isBad = status == RunStatus.REFUSED || status == RunStatus.FAILED;
        return new StandingFigures(
                Optional.of(new StandingFigures.Newest(
                        newest, status, isBad ? "MIN_EXAMPLES" : "", AS_OF, Duration.ofSeconds(75))),
                Optional.of(new StandingFigures.InUse(8, AS_OF, AS_OF.plusSeconds(75))));
    }

    private ReportFigures figures() {
        return new ReportFigures(
                run(RunStatus.PUBLISHED, findings(), history()),
                standing(8, RunStatus.PUBLISHED),
                agreement(),
                annotators(),
                pairs(),
                periods(),
                classes(),
                labels(),
                shares(),
                states(),
                machines(),
                consensus(),
                review(),
                doubtful(),
                next(),
                rejected(),
                origin());
    }

    private ShareFigures shares() {
        return new ShareFigures(
                IntStream.range(0, classes)
                        .mapToObj(i -> share(name(i), 2.0 * (classes - i) / (classes * (classes + 1.0)), i))
                        .toList(),
                2_621,
                100,
                277,
                "",
                true,
                2);
    }

    /** Every fourth is counted too low. */
    private static ShareFigures.Row share(String label, double share, int i) {
        double reach = 0.3 * Math.sqrt(share * (1 - share)) / Math.sqrt(10);
        return new ShareFigures.Row(
                label,
                i % 4 == 0 ? share - 1.2 * reach : share + 0.4 * reach,
                share,
                Math.max(0, share - reach),
                Math.min(1, share + reach));
    }

    private static StateFigures states() {
        return new StateFigures(
                1_820,
                612,
                189,
                new Share(0.94, 0.866, 0.974),
                50,
                List.of(
                        new StateFigures.Asked(0, 60),
                        new StateFigures.Asked(1, 140),
                        new StateFigures.Asked(4, 250),
                        new StateFigures.Asked(6, 162)),
                Optional.of(new StateFigures.Bought(5, AS_OF.minusSeconds(864_000), 1_240, 310, 0.912, 0.919)));
    }

    /** Six machines of two families, of which the last is not used. */
    private MachineFigures machines() {
        List<MachineFigures.Machine> machines = IntStream.range(0, 6)
                .mapToObj(i -> new MachineFigures.Machine(
                        words.apply(900_000 + i),
                        words.apply(1_910_000 + i % 2),
                        i == 5 ? 12 : 1_204,
                        i == 5
                                ? new Interval(Double.NaN, Double.NaN, Double.NaN)
                                : new Interval(0.91 - 0.06 * i, 0.89 - 0.06 * i, 0.925 - 0.06 * i),
                        i == 5 ? Double.NaN : 0.75 - 0.15 * i,
                        i == 5 ? Double.NaN : 0.92 - 0.05 * i,
                        i == 5 ? "NO_OVERLAP" : i < 2 ? "PASS" : "FAIL",
                        i == 5 ? "NO_OVERLAP" : "USED"))
                .toList();
        List<MachineFigures.Pair> pairs = new ArrayList<>();
        for (int i = 0; i < machines.size(); i++) {
            for (int j = i + 1; j < machines.size(); j++) {
                pairs.add(new MachineFigures.Pair(
                        machines.get(i).id(),
                        machines.get(j).id(),
                        1_204,
                        (j - i) % 2 == 0 ? 0.95 - 0.1 * i : 0.25 * (2 - i)));
            }
        }
        return new MachineFigures(
                Optional.of(new MachineFigures.Panel(5, 0.345, 2.1, 1.24, "ANCHORED", 1_100)),
                machines,
                pairs,
                List.of(
                        new MachineFigures.Source("HUMANS", 400, 0.8),
                        new MachineFigures.Source("MACHINES", 1_017, 0.76),
                        new MachineFigures.Source("MIXED", 1_204, 0.85)),
                Optional.of(new MachineFigures.Correction("CHANGED", 4, 31, 8, 240, new Interval(0.87, 0.83, 0.9))),
                List.of(
                        new MachineFigures.Weight(
                                "annotator", "", machines.get(0).id(), 0.93),
                        new MachineFigures.Weight("class", name(0), "", -0.61),
                        new MachineFigures.Weight("consensus", "", "", 0.41),
                        new MachineFigures.Weight("votes", "", "", 0.07)));
    }

    private ConsensusFigures consensus() {
        Share unknown = new Share(Double.NaN, Double.NaN, Double.NaN);
        List<Expert> experts = Stream.of("coin2", "coin8", "scale2", "scale8", "spam2", "spam8")
                .map(name -> new Expert(name, name.equals("scale2") ? 0.75 : 0.05))
                .toList();
        return new ConsensusFigures(
                List.of(
                        new Method(
                                "committee",
                                true,
                                new Share(0.774, 0.45, 0.93),
                                new Share(0.82, 0.775, 0.857),
                                240,
                                "27",
                                1),
                        new Method("best_quality", false, unknown, new Share(0.76, 0.711, 0.802), 240, "", 0.871),
                        new Method("majority_vote", false, unknown, new Share(0.66, 0.609, 0.708), 240, "", 0.902)),
                experts,
                List.of(
                        new Model("<b>tuned</b>", Collections.nCopies(experts.size(), 0.35)),
                        new Model("default", Collections.nCopies(experts.size(), 1.0))),
                bins());
    }

    private static List<Bin> bins() {
        List<Bin> bins = new ArrayList<>();
        long[] counts = {4, 12, 26, 44, 70, 84};
        for (int place = 0; place < counts.length; place++) {
            double lower = 0.4 + 0.1 * place;
            bins.add(new Bin("committee", lower, lower + 0.1, counts[place], lower + 0.05, 0.48 + 0.09 * place));
            bins.add(
                    new Bin("best_quality", lower - 0.2, lower - 0.1, counts[place], lower - 0.16, 0.5 + 0.07 * place));
            bins.add(new Bin("majority_vote", lower, lower + 0.1, counts[place], lower + 0.07, 0.25 + 0.11 * place));
        }
        return bins;
    }

    public static List<Published> history() {
        return List.of(
                new Published(6, AS_OF.minus(Duration.ofDays(2)), 2_400, 12_000, 160, 0.51, true),
                new Published(7, AS_OF.minus(Duration.ofDays(1)), 2_620, 13_933, 170, 0.501, true),
                new Published(8, AS_OF, 2_621, 15_311, 177, 0.496, true));
    }

    private static List<Finding> findings() {
        return List.of(
                Finding.of(
                        FindingCode.LABELS_NOBODY_GAVE,
                        Severity.WARN,
                        Wording.of("255 of 2621 consensus labels (9.73 %) were given by no annotator of the example")
                                .lookup("; see review_queue, NOBODY_CHOSE_IT")
                                .text("."),
                        255.0 / 2621,
                        0.05),
                Finding.of(
                        FindingCode.UNANIMITY_OVERRULED,
                        Severity.WARN,
                        Wording.of("29 consensus labels overrule three or more annotators")
                                .text(" who all gave the same other label")
                                .lookup("; see review_queue, NOBODY_CHOSE_IT")
                                .text("."),
                        29,
                        Double.NaN),
                Finding.of(
                        FindingCode.OPPOSITE_LABELS,
                        Severity.WARN,
                        Wording.of("1 annotator seems to give opposite labels:")
                                .text(" ")
                                .annotator("not-on-the-page")
                                .text(" (agrees with ")
                                .annotator("o'neil")
                                .text(" on …)"),
                        1,
                        Double.NaN),
                new Finding(
                        "SOMETHING_NEW",
                        Severity.WARN,
                        Wording.of("Something was found that nobody knows").text("; check whether it matters."),
                        Double.NaN,
                        Double.NaN,
                        Long.MAX_VALUE),
                Finding.of(FindingCode.MEAN_QUALITY, Severity.INFO, "The mean quality is 0.496.", 0.496, Double.NaN));
    }

    public static AgreementFigures agreement() {
        return new AgreementFigures(
                List.of(
                        new Statistic("percent_agreement", 0.39, 0.38, 0.40, 2_617, ""),
                        new Statistic("krippendorff_alpha", 0.21, 0.203, 0.22, 2_617, ""),
                        new Statistic("gwet_ac1", 0.25, 0.23, 0.25, 2_617, ""),
                        new Statistic("mean_cohen_kappa", 0.21, Double.NaN, Double.NaN, 2_242, ""),
                        new Statistic(
                                "fleiss_kappa",
                                Double.NaN,
                                Double.NaN,
                                Double.NaN,
                                0,
                                "needs equally many labels everywhere, here 1 to 12"),
                        new Statistic("coverage", 0.983, Double.NaN, Double.NaN, 2_665, ""),
                        new Statistic("overlap", 0.998, Double.NaN, Double.NaN, 2_621, "")),
                0.23,
                0.27,
                true);
    }

    private String annotator(int i) {
        return words.apply(i);
    }

    private String name(int i) {
        return words.apply(1_000_000 + i % classes);
    }

    private AnnotatorFigures annotators() {
        List<Row> rows = new ArrayList<>();
        List<Dot> dots = new ArrayList<>();
        for (int i = 0; i < annotators; i++) {
            Group group = i < annotators / 8
                    ? Group.BELOW
                    : i % 4 == 0 ? Group.FEW : i % 4 == 1 ? Group.ABOVE : Group.IN_LINE;
            double quality = group == Group.BELOW ? 0.15 : group == Group.ABOVE ? 0.5 : 0.3 + i % 7 / 100.0;
            long labels = group == Group.FEW ? 1 + i % 18 : 40 + 13L * i;
            if (i < AnnotatorFigures.MAX_ROWS) {
                rows.add(row(i, group, quality, labels));
            }
            if (i < AnnotatorFigures.MAX_DOTS) {
                dots.add(new Dot(annotator(i), labels, quality, group));
            }
        }
        Map<Group, Size> sizes = new LinkedHashMap<>();
        for (Group group : Group.values()) {
            long size = rows.stream().filter(row -> row.group() == group).count();
            sizes.put(group, new Size(size, 40 * size));
        }
        return new AnnotatorFigures(
                annotators, 0.3, Double.NaN, AnnotatorFigures.groups(sizes), rows, dots, List.of(6L, 7L, 8L));
    }

    private Row row(int i, Group group, double quality, long labels) {
        return new Row(
                annotator(i),
                group,
                new Interval(quality, quality - 0.05, quality + 0.05),
                "",
                labels,
                0.33,
                i % 9 == 8,
                0.41,
                0.37,
                new Gold(new Interval(0.67, 0.45, 0.83), 15),
                AnnotatorFigures.Habits.NONE,
                i % 3 == 0 ? 1e-6 : 0.17,
                i % 3 == 0,
                Optional.of(new MixUp(name(i), name(i + 1), 2 + i)),
                List.of(0.3, Double.NaN, quality),
                Optional.of(AS_OF.minus(Duration.ofDays(400))),
                Optional.of(AS_OF));
    }

    private PairFigures pairs() {
        List<String> shown = IntStream.range(0, Math.min(16, annotators))
                .mapToObj(this::annotator)
                .toList();
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < shown.size(); i++) {
            for (int j = i + 1; j < shown.size(); j++) {
                pairs.add(new Pair(shown.get(i), shown.get(j), 5L * (j - i), 2L * (j - i)));
            }
        }
        return new PairFigures(
                shown,
                pairs,
                Optional.of(new PairFigures.Opposite(new Pair(annotator(0), annotator(1), 379, 11), 0.23)),
                List.of(
                        new PairFigures.OneClass(annotator(2), name(1), 7_071, 7_078),
                        new PairFigures.OneClass(annotator(0), name(0), 3_211, 3_220)),
                new Size(2, 10_298));
    }

    private PeriodFigures periods() {
        return new PeriodFigures(
                IntStream.range(0, Math.min(PeriodFigures.MAX_ANNOTATORS, annotators))
                        .mapToObj(i -> new PeriodFigures.Series(
                                annotator(i),
                                IntStream.range(0, 6)
                                        .mapToObj(week -> new PeriodFigures.Period(
                                                LocalDate.of(2026, 10, 5).plusWeeks(week),
                                                20 + 5L * week,
                                                new Interval(0.6 - week * 0.05, 0.5 - week * 0.05, 0.7 - week * 0.05)))
                                        .toList()))
                        .toList(),
                List.of());
    }

    private ClassFigures classes() {
        int shown = classes > ClassFigures.MAX_FOR_MATRIX ? 0 : Math.min(classes, ClassFigures.MAX_CLASSES);
        int size = shown == 0 ? 0 : shown + (classes > shown ? 1 : 0);
        List<List<Long>> matrix = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            List<Long> row = new ArrayList<>();
            for (int j = 0; j < size; j++) {
                row.add(i == j ? 1_000L : 37L * (i + j));
            }
            matrix.add(row);
        }
        Map<String, List<ClassFigures.Cell>> byAnnotator = new LinkedHashMap<>();
        for (int i = 0; i < Math.min(annotators, AnnotatorFigures.MAX_ROWS); i++) {
            List<ClassFigures.Cell> cells = new ArrayList<>();
            for (int cell = 0; cell < Math.min(ClassFigures.MAX_CELLS, classes * classes); cell++) {
                cells.add(new ClassFigures.Cell(name(cell / classes), name(cell % classes), 60 - cell));
            }
            byAnnotator.put(annotator(i), cells);
        }
        List<ClassFigures.MixUp> mixUps = IntStream.range(
                        0, Math.min(ClassFigures.MAX_MIX_UPS, classes * (classes - 1)))
                .mapToObj(i -> new ClassFigures.MixUp(name(i + 1), name(i), 858L - 10 * i, 3_000))
                .toList();
        return new ClassFigures(
                classes, IntStream.range(0, shown).mapToObj(this::name).toList(), matrix, mixUps, 15_311, byAnnotator);
    }

    private static LabelFigures labels() {
        List<Long> bins = new ArrayList<>(Collections.nCopies(LabelFigures.BINS, 131L));
        List<Long> counts = new ArrayList<>(Collections.nCopies(LabelFigures.MAX_ANNOTATIONS + 1, 10L));
        counts.set(6, 2_330L);
        return new LabelFigures(bins, counts, 2_617, 1_310, 12);
    }

    private ReviewFigures review() {
        Map<String, Long> reasons = new LinkedHashMap<>();
        reasons.put("NOBODY_CHOSE_IT", 255L);
        reasons.put("ANNOTATORS_DISAGREE", 2_155L);
        return new ReviewFigures(
                reasons,
                examples(0, ReviewFigures.MAX_LOWEST),
                examples(100, ReviewFigures.MAX_OTHERS),
                examples(200, ReviewFigures.MAX_OTHERS));
    }

    private List<Example> examples(int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(i -> new Example(
                        words.apply(2_000_000 + i),
                        name(i),
                        0.2 + i / 1_000.0,
                        "ANNOTATORS_DISAGREE",
                        new ModelLabel(name(i + 1), 0.34),
                        List.of(
                                new Vote(name(i), 5, List.of(annotator(0), annotator(1), annotator(2), annotator(3))),
                                new Vote(name(i + 1), 1, List.of(annotator(4))))))
                .toList();
    }

    private DoubtfulFigures doubtful() {
        return new DoubtfulFigures(
                IntStream.range(0, DoubtfulFigures.MAX_ROWS)
                        .mapToObj(i -> new DoubtfulFigures.Row(
                                words.apply(3_000_000 + i),
                                name(i + 1),
                                new ModelLabel(name(i + 1), 0.81),
                                List.of(
                                        new Doubt(annotator(i % 5), name(i), i / 10_000.0),
                                        new Doubt(annotator(5 + i % 5), name(i), 0.034))))
                        .toList(),
                Map.of(annotator(0), 112L));
    }

    private NextFigures next() {
        return new NextFigures(IntStream.range(0, NextFigures.MAX_ROWS)
                .mapToObj(i -> new NextFigures.Row(
                        words.apply(4_000_000 + i), i % 3, i % 3 == 0 ? "" : name(i), ModelLabel.NONE, 0.2))
                .toList());
    }

    private RejectedFigures rejected() {
        return new RejectedFigures(
                List.of(
                        new RejectedFigures.Reason("annotation", "UNKNOWN_LABEL", 23),
                        new RejectedFigures.Reason("annotation", "MISSING_ID", 9)),
                List.of(
                        new RejectedFigures.Group(
                                "annotation",
                                "UNKNOWN_LABEL",
                                23,
                                words.apply(5_000_005),
                                annotator(6),
                                null,
                                "Good",
                                "not a class"),
                        new RejectedFigures.Group(
                                "annotation",
                                "MISSING_ID",
                                9,
                                words.apply(5_000_007),
                                "",
                                null,
                                name(1),
                                "annotator_id is empty")));
    }

    private OriginFigures origin() {
        Map<String, String> record = new LinkedHashMap<>();
        record.put("Run hash", "0123456789abcdef".repeat(4));
        return new OriginFigures(
                List.of(
                        new OriginFigures.Setting("classes", "bad, fair, good", false),
                        new OriginFigures.Setting("quality_method", "crowdlab", true)),
                List.of(new OriginFigures.Model("base", 1.99, Double.NaN, 0.75)),
                record,
                Map.of());
    }
}
