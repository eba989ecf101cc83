package dev.crowdlab.dataset.id;

import static dev.crowdlab.dataset.InputRows.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.crowdlab.engine.pass.UnusableInputException;
import org.junit.jupiter.api.Test;

class TextColumnTest {

    @Test
    void textsNullsAndEmptyTextsAreKeptApart() {
        TextColumn column = new TextColumn(0);
        byte[] source = utf8("xab");
        column.add(source, 1, 2);
        column.addNull();
        column.add(source, 0, 0);
        assertThat(column.size()).isEqualTo(3);
        assertThat(column.text(0)).isEqualTo("ab");
        assertThat(column.text(1)).isNull();
        assertThat(column.text(2)).isEmpty();
        assertThat(column.isNull(1)).isTrue();
        assertThat(column.isNull(2)).isFalse();
    }

    @Test
    void columnsGrowBeyondWhatWasExpected() {
        TextColumn column = new TextColumn(1);
        for (int row = 0; row < 1_000; row++) {
            byte[] text = utf8("text " + row);
            column.add(text, 0, text.length);
        }
        assertThat(column.size()).isEqualTo(1_000);
        for (int row = 0; row < 1_000; row++) {
            assertThat(column.text(row)).isEqualTo("text " + row);
        }
    }

    @Test
    void aTextThatIsLongerThanAnyIdIsCutAndItsLengthStaysKnown() {
        TextColumn column = new TextColumn(4);
        byte[] document = utf8("x".repeat(50_000));
        column.add(document, 0, 1_000);
        column.add(document, 0, 1_001);
        for (int row = 0; row < 1_000; row++) {
            column.add(document, 0, document.length);
        }
        assertThat(column.length(0)).isEqualTo(1_000);
        assertThat(TextColumn.lengthBeforeCut(column, 0)).isEqualTo(1_000);
        assertThat(column.length(1)).isGreaterThan(1_000);
        assertThat(TextColumn.lengthBeforeCut(column, 1)).isEqualTo(1_001);
        assertThat(TextColumn.lengthBeforeCut(column, 1_001)).isEqualTo(50_000);
        assertThat(column.bytes()).as("of 50 MB").hasSizeLessThan(2_500_000);
    }

    @Test
    void moreThanAnArrayHoldsIsRefusedInOneSentence() {
        byte[] bytes = new byte[16];
        assertThat(ArrayGrowth.ensure(bytes, 8, 8)).isSameAs(bytes);
        assertThat(ArrayGrowth.ensure(bytes, 16, 1)).hasSize(32);
        assertThat(ArrayGrowth.ensure(bytes, 16, 100)).hasSize(116);
        assertThatExceptionOfType(UnusableInputException.class)
                .isThrownBy(() -> ArrayGrowth.ensure(bytes, Integer.MAX_VALUE - 8, 1))
                .withMessage("The ids or labels of one column hold more than 2 GiB of text; split the dataset or use"
                        + " shorter ids");
    }
}
