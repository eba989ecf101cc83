package dev.crowdlab.report.page;

import dev.crowdlab.report.figures.AnnotatorFigures;
import dev.crowdlab.report.figures.AnnotatorFigures.Group;
import dev.crowdlab.report.figures.ClassFigures;
import dev.crowdlab.report.figures.ClassFigures.Cell;
import dev.crowdlab.report.page.ClassView.Detail;
import dev.crowdlab.report.page.ClassView.Matrix;
import dev.crowdlab.report.page.ClassView.Row;
import dev.crowdlab.report.picture.Svg;
import dev.crowdlab.report.words.Context;
import dev.crowdlab.report.words.Numbers;
import dev.crowdlab.report.words.Prose;
import dev.crowdlab.report.words.Shown;
import dev.crowdlab.report.words.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Says and draws what is taken for what. */
public final class ClassSection {

    /** The number of confusions listed beside a matrix. */
    private static final int BESIDE = 8;

    /** A wider matrix takes the whole width, and the list stands below; of one that is wider still the headings stand upright. */
    private static final double MAX_NARROW = 620;

    private static final double MAX_LEVEL = 820;

    /** Of a matrix in pixels: what is beside its cells, the least and the greatest width of a cell, and of a character over it. */
    private static final double MARGIN = 150;

    private static final double MIN_CELL = 64;
    private static final double MAX_CELL = 106;
    private static final double CHARACTER = 7.2;

    /** A class that is given for another once is no mix-up. */
    private static final int FEWEST_LABELS = 2;

    private static final int MAX_DETAILS = 20;
    private static final int MAX_OF_ONE = 8;
    private static final double BAR = 56;
    private static final int STEPS = 6;
    private static final double MIN_SCALE = 0.05;

    private final Context context;
    private final ClassFigures classes;

    public ClassSection(Context context) {
        this.context = context;
        classes = context.figures().classes();
    }

    public ClassView view() {
        if (!context.figures().run().hasRows()) {
            return none(context.removed());
        }
        if (classes.count() < 2) {
            return none(onlyOne());
        }
        boolean hasMatrix = !classes.matrix().isEmpty();
        double width = hasMatrix ? width(heads()) : Double.MAX_VALUE;
        return new ClassView(
                new Head("classes", "Classes", saying(), false),
                hasMatrix ? matrix(width > MAX_LEVEL) : null,
                mixUps(hasMatrix ? BESIDE : ClassFigures.MAX_MIX_UPS),
                width > MAX_NARROW,
                details(),
                detailsTitle(),
                classes.byAnnotator().isEmpty() ? null : new ClassPicker(context).json());
    }

    private static ClassView none(Prose saying) {
        return new ClassView(new Head("classes", "Classes", saying, true), null, List.of(), false, List.of(), "", null);
    }

    private Prose onlyOne() {
        return classes.byAnnotator().values().stream()
                .flatMap(List::stream)
                .map(Cell::given)
                .findFirst()
                .map(name -> Prose.begin()
                        .text("All labels are ")
                        .quoted(context.classes().inSentence(name), false)
                        .text(".")
                        .end())
                .orElse(Prose.of("There is one class."));
    }

    private Prose saying() {
        if (classes.mixUps().isEmpty()) {
            return Prose.of("Every label is that of the consensus.");
        }
        if (classes.mixUps().get(0).labels() < FEWEST_LABELS) {
            return Prose.of("No class was given for another more than once.");
        }
        ClassFigures.MixUp most = classes.mixUps().get(0);
        return Prose.begin()
                .text("Where the consensus is ")
                .quoted(context.classes().inSentence(most.consensus()), false)
                .text(", " + Numbers.percent(most.labels(), most.ofRow()) + " of labels say ")
                .quoted(context.classes().inSentence(most.given()), false)
                .text(".")
                .end();
    }

    private List<Shown> heads() {
        List<Shown> heads = new ArrayList<>(
                classes.classes().stream().map(context.classes()::inCell).toList());
        if (classes.matrix().size() > heads.size()) {
            heads.add(Shown.own("other (" + (classes.count() - heads.size()) + ")"));
        }
        return heads;
    }

    /** About how wide a matrix is, in whose headings no word is broken. */
    private static double width(List<Shown> heads) {
        return MARGIN
                + heads.stream()
                        .mapToDouble(head -> Arrays.stream(head.plain().split(" "))
                                .mapToDouble(word -> CHARACTER * word.length())
                                .max()
                                .orElse(0))
                        .map(word -> Math.max(MIN_CELL, Math.min(MAX_CELL, word + 8)))
                        .sum();
    }

    private Matrix matrix(boolean areHeadsUpright) {
        List<Shown> heads = heads();
        double largest = largestOffDiagonal();
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < heads.size(); i++) {
            List<Long> counts = classes.matrix().get(i);
            long total = counts.stream().mapToLong(Long::longValue).sum();
            List<ClassView.Cell> cells = new ArrayList<>();
            for (int j = 0; j < heads.size(); j++) {
                cells.add(cell(counts.get(j), total, i == j, largest));
            }
            rows.add(new Row(heads.get(i), cells, Numbers.count(total)));
        }
        return new Matrix(
                heads,
                areHeadsUpright,
                rows,
                Prose.of(
                        "Percent of the row, and number of labels. Gray: agrees with the consensus. The stronger the orange,"
                                + " the more often mixed up."
                                + context.classes().leftOut()));
    }

    private double largestOffDiagonal() {
        double largest = MIN_SCALE;
        for (int i = 0; i < classes.matrix().size(); i++) {
            List<Long> row = classes.matrix().get(i);
            long total = row.stream().mapToLong(Long::longValue).sum();
            for (int j = 0; j < row.size(); j++) {
                largest = i == j || total == 0 ? largest : Math.max(largest, (double) row.get(j) / total);
            }
        }
        return largest;
    }

    private static ClassView.Cell cell(long count, long total, boolean isDiagonal, double largest) {
        String kind = isDiagonal ? "same" : "m" + step(total == 0 ? 0 : (double) count / total, largest);
        return new ClassView.Cell(
                kind, count == 0 ? Numbers.NONE : Numbers.percent(count, total), Numbers.count(count));
    }

    /** From 0 for nothing to 6 for the largest share. */
    public static int step(double share, double largest) {
        return (int) Math.min(STEPS, Math.ceil(STEPS * share / largest - 1e-9));
    }

    private List<ClassView.MixUp> mixUps(int most) {
        double largest = classes.mixUps().stream()
                .mapToLong(ClassFigures.MixUp::labels)
                .max()
                .orElse(1);
        return classes.mixUps().stream()
                .filter(mixUp -> mixUp.labels() >= FEWEST_LABELS)
                .limit(most)
                .map(mixUp -> new ClassView.MixUp(
                        context.classes().inTable(mixUp.given()),
                        context.classes().inTable(mixUp.consensus()),
                        Numbers.count(mixUp.labels()),
                        Numbers.percent(mixUp.labels(), mixUp.ofRow()),
                        Svg.number(BAR * mixUp.labels() / largest)))
                .toList();
    }

    private List<Detail> details() {
        return Stream.of(Group.values())
                .filter(Group::isToTalkTo)
                .flatMap(group -> AnnotatorOrder.of(group, context.figures().annotators()).stream())
                .filter(row -> classes.byAnnotator().containsKey(row.id()))
                .limit(MAX_DETAILS)
                .map(this::detail)
                .toList();
    }

    private String detailsTitle() {
        long all = Stream.of(Group.values())
                .filter(Group::isToTalkTo)
                .mapToLong(group -> context.figures().annotators().size(group).annotators())
                .sum();
        return "What those to talk to mix up"
                + (all > MAX_DETAILS ? ": the first " + MAX_DETAILS + " of " + Numbers.count(all) : "");
    }

    private Detail detail(AnnotatorFigures.Row row) {
        List<Prose> mixUps = classes.byAnnotator().getOrDefault(row.id(), List.of()).stream()
                .filter(cell -> !cell.given().equals(cell.consensus()))
                .sorted(Comparator.comparing(Cell::labels).reversed())
                .limit(MAX_OF_ONE)
                .map(cell -> Prose.begin()
                        .boldId(context.classes().inTable(cell.given()))
                        .text(" for ")
                        .id(context.classes().inTable(cell.consensus()))
                        .text(", " + Numbers.count(cell.labels()) + "×")
                        .end())
                .toList();
        return new Detail(context.annotators().inTable(row.id()), Words.labels(row.labels()), mixUps);
    }
}
