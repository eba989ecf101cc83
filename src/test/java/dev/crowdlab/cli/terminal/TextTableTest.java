package dev.crowdlab.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TextTableTest {

    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        TextTable table = new TextTable("name", ">count", "remark");
        table.add("a", "1,000,000", "fine");
        table.add("longer", "7", "");
        assertThat(table.lines())
                .containsExactly("name        count  remark", "a       1,000,000  fine", "longer          7");
    }

    @Test
    void aTableWithoutRowsIsItsHead() {
        assertThat(new TextTable(">run", "dataset").lines()).containsExactly("run  dataset");
    }

    @Test
    void rowsWithTooFewCellsAreRefused() {
        TextTable table = new TextTable("a", "b");
        table.add("1");
        assertThatThrownBy(table::lines).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
