package dev.crowdlab.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

class MigrationTest {

    @Test
    void theNewestVersionIsThatOfTheLastFile() throws IOException {
        String last = Arrays.stream(
                        new PathMatchingResourcePatternResolver().getResources("classpath:db/migration/V*.sql"))
                .map(file -> String.valueOf(file.getFilename()))
                .max(Comparator.naturalOrder())
                .orElseThrow();
        assertThat(last).startsWith("V" + Migration.NEWEST + "__");
    }
}
