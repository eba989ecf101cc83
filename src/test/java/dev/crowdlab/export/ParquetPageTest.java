package dev.crowdlab.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class ParquetPageTest {

    @Test
    void holdsTheLevelsWithTheirLengthThenTheValues() throws IOException {
        PresenceLevels levels = new PresenceLevels();
        PlainValues values = new PlainValues();
        levels.add(values.addInt(5));
        levels.add(false);

        ParquetPage page = ParquetPage.of(levels, values);

        assertThat(plain(page)).containsExactly(4, 0, 0, 0, 2, 1, 2, 0, 5, 0, 0, 0);
        assertThat(page.byteCount()).isEqualTo(12);
    }

    @Test
    void holdsNoValuesIfAllAreNull() throws IOException {
        PresenceLevels levels = new PresenceLevels();
        levels.add(false);

        assertThat(plain(ParquetPage.of(levels, new PlainValues()))).containsExactly(2, 0, 0, 0, 2, 0);
    }

    private static byte[] plain(ParquetPage page) throws IOException {
        try (GZIPInputStream bytes =
                new GZIPInputStream(new ByteArrayInputStream(page.compressed().toByteArray()))) {
            return bytes.readAllBytes();
        }
    }
}
