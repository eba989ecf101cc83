package dev.crowdlab.report.words;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.report.FiguresFixture;
import dev.crowdlab.report.figures.ExampleFigures;
import dev.crowdlab.report.figures.NextFigures;
import dev.crowdlab.report.figures.ReportFigures;
import dev.crowdlab.report.figures.ReviewFigures.ModelLabel;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ExampleTest {

    private static final UnaryOperator<String> LINK = id -> "https://labels.example/tasks/" + id;

    @Test
    void anExampleIsALinkWithItsTextBelow() {
        assertThat(html("7", new ExampleFigures(LINK, Map.of("7", " Great \n film\u202e "), false)))
                .contains(
                        "<a href=\"https://labels.example/tasks/7\" target=\"_blank\" rel=\"noopener noreferrer\"><bdi"
                                + " class=\"id\">7</bdi></a><span class=\"text\"><bdi class=\"id wrap\">Great film<span class=\"box\">U+202E</span>");
    }

    @Test
    void withoutEitherItIsAnId() {
        assertThat(html("7", ExampleFigures.NONE)).doesNotContain("<a ", "class=\"text\"");
    }

    @Test
    void nothingBreaksOutOfTheAddressOrTheText() {
        String hostile = "\"><script>alert(1)</script>";
        assertThat(html("7", new ExampleFigures(id -> "https://h/" + hostile, Map.of("7", hostile), false)))
                .doesNotContain("<script>", "/\">")
                .contains("&lt;script>alert(1)");
    }

    @Test
    void aLongTextEndsAfterTwoHundredCharacters() {
        String html = html("7", new ExampleFigures(id -> "", Map.of("7", "\ud83d\ude00".repeat(201)), false));
        assertThat(html)
                .contains("\ud83d\ude00".repeat(200) + "<i>…</i>")
                .doesNotContain("\ud83d\ude00".repeat(201), "<a ");
    }

    private static String html(String example, ExampleFigures examples) {
        ReportFigures figures = FiguresFixture.with(
                FiguresFixture.figures(6, 2, number -> "word-" + number),
                new NextFigures(List.of(new NextFigures.Row(example, 1, "", ModelLabel.NONE, 0.5))));
        return Rendered.html("next", Context.of(figures, examples, false));
    }
}
