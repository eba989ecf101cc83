package dev.crowdlab.report.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShownTest {

    @ParameterizedTest
    @ValueSource(strings = {"a-053", "very good", "Größe", "日本語", "👍🏽", "<script>alert(1)</script>"})
    void showsWhatCanBeSeen(String text) {
        assertThat(Shown.of(text, Shown.IN_SENTENCE).plain()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "7, U+0007",
        "10, U+000A",
        "127, U+007F",
        "133, U+0085",
        "160, U+00A0",
        "173, U+00AD",
        "1564, U+061C",
        "8203, U+200B",
        "8205, U+200D",
        "8232, U+2028",
        "8238, U+202E",
        "8297, U+2069",
        "12288, U+3000",
        "55357, U+D83D",
        "65279, U+FEFF",
        "57344, U+E000",
        "917505, U+E0001"
    })
    void putsABoxInThePlaceOfWhatCannot(int character, String name) {
        Shown shown = Shown.of("a" + Character.toString(character) + "b", Shown.IN_SENTENCE);
        assertThat(shown.plain()).isEqualTo("a[" + name + "]b");
        assertThat(shown.parts().get(1).isBox()).isTrue();
    }

    @Test
    void showsSpacesAtTheEdges() {
        assertThat(Shown.of("  a b ", Shown.IN_SENTENCE).plain()).isEqualTo("␣␣a b␣");
        assertThat(Shown.of(" ", Shown.IN_SENTENCE).plain()).isEqualTo("␣");
    }

    @Test
    void tellsNothingFromEmpty() {
        assertThat(Shown.of(null, Shown.IN_SENTENCE).plain()).isEqualTo("missing");
        assertThat(Shown.of("", Shown.IN_SENTENCE).plain()).isEqualTo("empty");
    }

    @Test
    void cutsLongTextInTheMiddleAndSaysHowMuchIsLeftOut() {
        assertThat(Shown.of("x".repeat(1_000), Shown.IN_SENTENCE).plain())
                .isEqualTo("x".repeat(30) + "\u2009…\u2009964 characters\u2009…\u2009" + "x".repeat(6));
        assertThat(Shown.of("x".repeat(52), Shown.IN_SENTENCE).plain()).contains("…\u200916 characters");
        assertThat(Shown.of("x".repeat(51), Shown.IN_SENTENCE).plain()).isEqualTo("x".repeat(51));
        assertThat(Shown.of("abcdefghijklmnopqrstuvwxyz", Shown.IN_HEADING).plain())
                .isEqualTo("abcdefghij…uvwxyz");
    }

    @Test
    void neverCutsACharacterInTwo() {
        String letters = "e\u0301".repeat(50);
        Shown shown = Shown.of(letters, Shown.IN_TABLE);
        assertThat(shown.parts().get(0).text()).isEqualTo("e\u0301".repeat(18));
        assertThat(shown.parts().get(2).text()).isEqualTo("e\u0301".repeat(6));
        assertThat(Shown.of("😀".repeat(1_000), Shown.IN_TABLE).plain()).doesNotContain("U+");
    }

    @Test
    void countsMarksInsteadOfPilingThemUp() {
        assertThat(Shown.of("a" + "\u0301".repeat(900), Shown.IN_SENTENCE).plain())
                .isEqualTo("a[900 marks]");
    }

    @Test
    void aShortIdStaysOnOneLine() {
        assertThat(Shown.of("ticket-0410", 24).mayWrap()).isFalse();
        assertThat(Shown.of("x".repeat(20), 24).mayWrap()).isFalse();
        assertThat(Shown.of("x".repeat(21), 24).mayWrap()).isTrue();
        assertThat(Shown.of("\u8a55\u4fa1".repeat(6), 24).mayWrap()).isTrue();
        assertThat(Shown.of("very good", 24).mayWrap()).isTrue();
    }

    @Test
    void tellsTwoApartThatLookTheSame() {
        String first = "x".repeat(30) + "1" + "x".repeat(30);
        String second = "x".repeat(30) + "2" + "x".repeat(30);
        Names names = Names.of(List.of(first, "y", second));
        assertThat(names.inTable(first).plain()).endsWith(" (1)");
        assertThat(names.inTable(second).plain()).endsWith(" (2)");
        assertThat(names.inTable("y").plain()).isEqualTo("y");
    }

    @Test
    void givesPseudonymsInTheOrderOfThePage() {
        Names names = Names.pseudonyms(List.of("zoe", "adam", "zoe"));
        assertThat(names.inTable("zoe").plain()).isEqualTo("annotator-1");
        assertThat(names.inSentence("adam").plain()).isEqualTo("annotator-2");
        assertThat(names.inTable("eve").plain()).isEqualTo("another annotator");
        assertThat(names.inTable(null).plain()).isEqualTo("missing");
        assertThat(names.inMessage("'adam' agrees with 'zoe'")).isEqualTo("'annotator-2' agrees with 'annotator-1'");
    }

    @Test
    void idsThatSayWhatTheyAreAreNotIntroduced() {
        assertThat(Names.of(List.of("29", "annotator-628")).noun("annotator")).isEqualTo("annotator ");
        assertThat(Names.of(List.of("annotator-01", "Annotator 2")).noun("annotator"))
                .isEmpty();
    }
}
