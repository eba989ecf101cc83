package dev.crowdlab.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.report.FiguresFixture;
import dev.crowdlab.report.figures.AnnotatorFigures;
import dev.crowdlab.report.figures.AnnotatorFigures.Row;
import dev.crowdlab.report.figures.LabelFigures;
import dev.crowdlab.report.figures.ReportFigures;
import dev.crowdlab.report.page.AnnotatorView.Table;
import dev.crowdlab.report.picture.Tick;
import dev.crowdlab.report.words.Context;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What has nothing to show takes no room. */
class SparseFiguresTest {

    private final ReportFigures figures = FiguresFixture.figures(40, 5, i -> "a-" + i);

    @Test
    void aColumnThatIsEmptyInAllRowsIsLeftOut() {
        Table full = table(figures.annotators());
        assertThat(full.scores()).containsExactly("With others", "With consensus", "With model");
        assertThat(full.count()).isEqualTo(11);
        assertThat(full.columns().areMany()).isTrue();
        AnnotatorFigures all = figures.annotators();
        Table sparse = table(new AnnotatorFigures(
                all.count(),
                all.middle(),
                Double.NaN,
                all.groups(),
                all.rows().stream().map(SparseFiguresTest::withConsensusAlone).toList(),
                all.dots(),
                List.of()));
        assertThat(sparse.scores()).containsExactly("With consensus");
        assertThat(sparse.groups().get(0).rows().get(0).values()).hasSize(1);
        assertThat(sparse.count()).isEqualTo(4);
        assertThat(sparse.columns().areMany()).isFalse();
    }

    @Test
    void thePictureOfLabelsPerExampleEndsAtTheLargest() {
        assertThat(across(List.of(0L, 4L, 9L, 2L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L), 3))
                .containsExactly("0", "1", "2", "3");
        List<Long> many = List.of(0L, 4L, 9L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 1L);
        assertThat(across(many, 12)).hasSize(13).endsWith("11", "12");
        assertThat(across(many, 40)).hasSize(13).endsWith("11", "12+");
        assertThat(across(List.of(0L, 0L, 0L), 0)).containsExactly("0", "1");
    }

    private static Row withConsensusAlone(Row row) {
        return new Row(
                row.id(),
                row.group(),
                row.quality(),
                row.reason(),
                row.labels(),
                Double.NaN,
                false,
                row.withConsensus(),
                Double.NaN,
                new AnnotatorFigures.Gold(AnnotatorFigures.Interval.NONE, 0),
                AnnotatorFigures.Habits.NONE,
                Double.NaN,
                false,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    private Table table(AnnotatorFigures annotators) {
        return new AnnotatorTable(context(annotators, figures.labels())).table();
    }

    private List<String> across(List<Long> byAnnotations, long most) {
        LabelFigures all = figures.labels();
        LabelFigures labels = new LabelFigures(all.bins(), byAnnotations, all.overlapping(), all.below(), most);
        LabelView view = new LabelSection(context(figures.annotators(), labels)).view();
        assertThat(view.annotations()).isNotNull();
        return view.annotations().across().stream().map(Tick::text).toList();
    }

    private Context context(AnnotatorFigures annotators, LabelFigures labels) {
        return Context.of(FiguresFixture.with(FiguresFixture.with(figures, annotators), labels), false);
    }
}
