package dev.crowdlab.report.page;

import dev.crowdlab.report.figures.ReviewFigures;
import dev.crowdlab.report.figures.ReviewFigures.Example;
import dev.crowdlab.report.figures.ReviewFigures.ModelLabel;
import dev.crowdlab.report.figures.ReviewFigures.Vote;
import dev.crowdlab.report.page.ReviewView.Chip;
import dev.crowdlab.report.page.ReviewView.Row;
import dev.crowdlab.report.page.ReviewView.WorkList;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Says what to look at again, and shows who said what. */
final class ReviewSection {

    /** How many rows of a list are printed. */
    static final int MAX_IN_PRINT = 20;

    /** How many labels of an example are shown, and how many squares of one. */
    private static final int MAX_VOTES = 6;

    private static final int MAX_SQUARES = 7;
    private static final int SQUARE = 9;

    /** What has a reason to be looked at, as the view review_queue tells it. */
    private static final String IN_THE_QUEUE =
            " and (tie_break <> 'none' or annotator_agreement < 1 or num_annotations = 1 or consensus_quality_score < 0.5)"
                    + " order by consensus_quality_score";

    private final Context context;
    private final ReviewFigures review;

    ReviewSection(Context context) {
        this.context = context;
        review = context.figures().review();
    }

    ReviewView view() {
        if (!context.figures().run().hasRows()) {
            return new ReviewView(
                    new Head("again", "Look again", context.removed(), true),
                    List.of(),
                    List.of(),
                    false,
                    Prose.NONE,
                    "");
        }
        List<WorkList> lists = new ArrayList<>();
        add(lists, "", review.lowest());
        add(lists, "Nobody chose it", review.unvoted());
        add(lists, "Overruled three or more", review.overruled());
        int shown = lists.stream().mapToInt(list -> list.rows().size()).sum();
        boolean isAll = review.size() <= shown;
        return new ReviewView(
                new Head("again", "Look again", saying(), lists.isEmpty()),
                review.byReason().entrySet().stream()
                        .map(reason -> new Chip(Words.reason(reason.getKey()), Numbers.count(reason.getValue())))
                        .toList(),
                lists,
                Stream.of(review.lowest(), review.unvoted(), review.overruled())
                        .flatMap(List::stream)
                        .anyMatch(example -> !example.model().label().isEmpty()),
                isAll
                        ? Prose.NONE
                        : Prose.of(shown + " of " + Numbers.count(review.size()) + " are shown. All of them: "),
                isAll ? "" : context.from("label_quality") + IN_THE_QUEUE);
    }

    private Prose saying() {
        long examples = context.figures().run().counts().examples();
        if (review.size() == 0) {
            return Prose.of("No label is in doubt.");
        }
        long strong = review.strong();
        return Prose.of("To correct consensus labels: begin with these, lowest quality first. "
                + (strong == 0
                        ? "None was a tie, and somebody chose each."
                        : Numbers.count(strong) + " of " + Words.labels(examples)
                                + Words.word(strong, " has", " have")
                                + " a strong reason: a tie, or nobody chose it."));
    }

    private void add(List<WorkList> lists, String title, List<Example> examples) {
        List<Row> rows = new ArrayList<>();
        examples.forEach(example -> rows.add(row(example, rows.size() + 1)));
        if (!rows.isEmpty()) {
            lists.add(new WorkList(title, rows, inPrint(rows.size())));
        }
    }

    static String inPrint(int rows) {
        return rows <= MAX_IN_PRINT ? "" : "the file has " + Numbers.count(rows);
    }

    private Row row(Example example, int number) {
        List<ReviewView.Vote> votes = new ArrayList<>(example.votes().stream()
                .limit(MAX_VOTES)
                .map(vote -> vote(vote, example.consensus()))
                .toList());
        return new Row(
                number,
                context.examples().inTable(example.id()),
                context.classes().inTable(example.consensus()),
                Numbers.score(example.quality()),
                votes,
                model(context, example.model()),
                Words.reason(example.reason()));
    }

    private ReviewView.Vote vote(Vote vote, String consensus) {
        long left = vote.count() - vote.annotators().size();
        Prose.Builder names = Prose.begin()
                .ids(vote.annotators().stream()
                        .map(context.annotators()::inHeading)
                        .toList());
        return new ReviewView.Vote(
                vote.label().equals(consensus),
                IntStream.range(0, (int) Math.min(MAX_SQUARES, vote.count()))
                        .mapToObj(i -> String.valueOf(SQUARE * i))
                        .toList(),
                vote.count() > MAX_SQUARES,
                context.classes().inTable(vote.label()),
                "×" + Numbers.count(vote.count()),
                left == 0
                        ? names.end()
                        : names.text(" and " + Numbers.count(left) + " more").end());
    }

    /** The models' class and its probability. */
    static Prose model(Context context, ModelLabel model) {
        return model.label().isEmpty()
                ? Prose.of(Numbers.NONE)
                : Prose.begin()
                        .boldId(context.classes().inTable(model.label()))
                        .text(" " + Numbers.score(model.probability()))
                        .end();
    }
}
