package dev.crowdlab.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

class MigrationTest {

    private static final Pattern COMMENT = Pattern.compile("(?m)^--.*$");

    /** Those before V011 were applied with checksums; {@link PinnedPathDatabaseType} pins the path for all of them. */
    @Test
    void everyMigrationPinsItsSearchPathFirst() throws IOException {
        for (Resource file : new PathMatchingResourcePatternResolver().getResources("classpath:db/migration/*.sql")) {
            if (!String.valueOf(file.getFilename()).matches("V0(0\\d|10)__.*")) {
                assertThat(COMMENT.matcher(file.getContentAsString(UTF_8))
                                .replaceAll("")
                                .strip())
                        .as(file.getFilename())
                        .startsWith("set local search_path = pg_catalog, pg_temp;");
            }
        }
    }

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
