package dev.crowdlab.report.page;

import dev.crowdlab.report.figures.DoubtfulFigures;
import dev.crowdlab.report.figures.NextFigures;
import dev.crowdlab.report.page.WorkView.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Says which annotations are probably wrong, and what to label next. */
final class WorkSections {

    private final Context context;

    WorkSections(Context context) {
        this.context = context;
    }

    WorkView doubtful() {
        DoubtfulFigures doubtful = context.figures().doubtful();
        Prose saying = Prose.of(
                "To correct individual labels, or to discuss them with the annotator: lowest quality first, those"
                        + " that the other labels and the models contradict most.");
        if (doubtful.rows().isEmpty()) {
            return none("wrong", "Likely wrong", Prose.of("No label is known to look at."));
        }
        boolean hasModel =
                doubtful.rows().stream().anyMatch(row -> !row.model().label().isEmpty());
        List<List<Prose>> rows = new ArrayList<>();
        for (DoubtfulFigures.Row row : doubtful.rows()) {
            List<Prose> cells = new ArrayList<>(List.of(
                    Prose.of(String.valueOf(rows.size() + 1)),
                    id(context.examples().inTable(row.example())),
                    id(context.annotators().inTable(row.annotator())),
                    bold(context.classes().inTable(row.given())),
                    Prose.of(Numbers.fineScore(row.quality())),
                    bold(context.classes().inTable(row.consensus()))));
            if (hasModel) {
                cells.add(ReviewSection.model(context, row.model()));
            }
            rows.add(cells);
        }
        return new WorkView(
                new Head("wrong", "Likely wrong", saying, false),
                columns(hasModel, "# 1", "Example", "Annotator", "Gave", "Quality 1", "Consensus"),
                rows,
                left(doubtful.left()),
                context.from("detailed_label_quality") + " order by quality_score",
                ReviewSection.inPrint(rows.size()));
    }

    private Prose left(Map<String, Long> left) {
        Prose.Builder more = Prose.begin();
        if (!left.isEmpty()) {
            more.text("At most " + DoubtfulFigures.MAX_OF_ONE + " labels of one annotator are shown. Left out: ");
            int place = 0;
            for (Map.Entry<String, Long> annotator : left.entrySet()) {
                more.text(place++ == 0 ? "" : ", ")
                        .text(Numbers.count(annotator.getValue()) + " of "
                                + context.annotators().noun("annotator"))
                        .id(context.annotators().inTable(annotator.getKey()));
            }
            more.text(". ");
        }
        return more.text("All labels: ").end();
    }

    WorkView next() {
        NextFigures next = context.figures().next();
        if (next.rows().isEmpty()) {
            return none("next", "Label next", noNext());
        }
        boolean hasModel =
                next.rows().stream().anyMatch(row -> !row.model().label().isEmpty());
        List<List<Prose>> rows = new ArrayList<>();
        for (NextFigures.Row row : next.rows()) {
            List<Prose> cells = new ArrayList<>(List.of(
                    Prose.of(String.valueOf(rows.size() + 1)),
                    id(context.examples().inTable(row.example())),
                    Prose.of(row.annotations() == 0 ? "none" : Numbers.count(row.annotations())),
                    row.consensus().isEmpty()
                            ? Prose.of(Numbers.NONE)
                            : bold(context.classes().inTable(row.consensus()))));
            if (hasModel) {
                cells.add(ReviewSection.model(context, row.model()));
            }
            cells.add(Prose.of(Numbers.fineScore(row.score())));
            rows.add(cells);
        }
        List<Column> columns = new ArrayList<>(columns(hasModel, "# 1", "Example", "Labels so far 1", "Consensus"));
        columns.add(new Column("Score, low first", true));
        return new WorkView(
                new Head("next", "Label next", waiting(), false),
                columns,
                rows,
                Prose.of("All of them: "),
                context.from("active_learning_score") + " order by score",
                ReviewSection.inPrint(rows.size()));
    }

    private Prose waiting() {
        long unlabeled = context.figures().run().counts().unlabeled();
        return Prose.of("To plan new labels: begin where one more is worth most."
                + (unlabeled == 0
                        ? ""
                        : " " + Words.count(unlabeled, "example has", "examples have") + " no label yet."));
    }

    private Prose noNext() {
        return Prose.of(
                context.figures().origin().models().isEmpty()
                        ? "There was no model: quality is agreement alone, and no examples are ranked for labeling."
                        : "No examples are ranked for labeling: active learning is switched off.");
    }

    private WorkView none(String id, String title, Prose saying) {
        return new WorkView(
                new Head(id, title, context.figures().run().hasRows() ? saying : context.removed(), true),
                List.of(),
                List.of(),
                Prose.NONE,
                "",
                "");
    }

    /** Titles; those that end with 1 are of numbers. */
    private static List<Column> columns(boolean hasModel, String... titles) {
        List<Column> columns = new ArrayList<>();
        for (String title : titles) {
            columns.add(new Column(title.replace(" 1", ""), title.endsWith(" 1")));
        }
        if (hasModel) {
            columns.add(new Column("Model", false));
        }
        return columns;
    }

    private static Prose id(Shown id) {
        return Prose.begin().id(id).end();
    }

    private static Prose bold(Shown id) {
        return Prose.begin().boldId(id).end();
    }
}
