package dev.crowdlab.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

class MigrationTest {

    private static final Pattern COMMENT = Pattern.compile("(?m)^--.*$");

    /**
     * SHA-256 of the migrations of version 0.2.0, the first release. Databases that it made hold these, so that they never
     * change, not even in a comment: whatever shall be otherwise is a new migration with the next number.
     */
    private static final Map<String, String> FIRST_RELEASE = Map.ofEntries(
            Map.entry(
                    "V001__spring_batch_tables.sql",
                    "0d3b1d551ba3886c489dd210aefde720995e592f01859a8b1c526d0657f5cb49"),
            Map.entry("V002__input_tables.sql", "55ecff721b299848c3cbac7b554c6f3cf245cffa59a7843a297e89d920ffbcc0"),
            Map.entry("V003__runs.sql", "8913586894ae1761bb58df8a465d84fdade91203ee9fe715d85f6ccd92df34e7"),
            Map.entry("V004__result_tables.sql", "774c6bb22a04b6e98c0d047635bb19ce8598100652b03f791558a6b712ff4a6d"),
            Map.entry("V005__audit_chain.sql", "4b68b1f7eabb07f8a6fd70824b740d48bf1241041674213e9db38c6aeefe51ec"),
            Map.entry("V006__dashboard_views.sql", "aac274220500386865c82c1b213cffe57b3f244a5ce03d41731e35478d869b09"),
            Map.entry("V007__roles.sql", "af76c1733e675f3134012a30f0113c31a8050fb01d7fb28c655ca93196b611ee"));

    @Test
    void theMigrationsOfTheFirstReleaseNeverChange() throws IOException, NoSuchAlgorithmException {
        Map<String, String> found = new TreeMap<>();
        for (Resource file : migrations("V*.sql")) {
            String name = String.valueOf(file.getFilename());
            if (FIRST_RELEASE.containsKey(name)) {
                String text = file.getContentAsString(UTF_8).replace("\r\n", "\n");
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
                found.put(name, HexFormat.of().formatHex(hash));
            }
        }
        assertThat(found)
                .as("a released migration was edited; undo that, and add a new migration instead")
                .isEqualTo(FIRST_RELEASE);
    }

    @Test
    void laterMigrationsHaveLaterNumbers() throws IOException {
        String last =
                FIRST_RELEASE.keySet().stream().max(Comparator.naturalOrder()).orElseThrow();
        assertThat(last).startsWith("V" + FirstRelease.NEWEST + "__");
        assertThat(migrations("V*.sql"))
                .extracting(file -> String.valueOf(file.getFilename()))
                .filteredOn(name -> !FIRST_RELEASE.containsKey(name))
                .allSatisfy(name -> assertThat(name).isGreaterThan(last));
    }

    @Test
    void everyMigrationSaysWhatItIsForWhatItLocksAndHowLongItTakes() throws IOException {
        for (Resource file : migrations("*.sql")) {
            assertThat(file.getContentAsString(UTF_8))
                    .as(file.getFilename())
                    .matches("(?s)-- Purpose: .*?\n-- Locks:   .*?\n-- Time:    .*");
        }
    }

    @Test
    void everyMigrationPinsItsSearchPathFirst() throws IOException {
        for (Resource file : migrations("*.sql")) {
            assertThat(COMMENT.matcher(file.getContentAsString(UTF_8))
                            .replaceAll("")
                            .strip())
                    .as(file.getFilename())
                    .startsWith("set local search_path = pg_catalog, pg_temp;");
        }
    }

    @Test
    void theNewestVersionIsThatOfTheLastFile() throws IOException {
        String last = Arrays.stream(migrations("V*.sql"))
                .map(file -> String.valueOf(file.getFilename()))
                .max(Comparator.naturalOrder())
                .orElseThrow();
        assertThat(last).startsWith("V" + MigrationHistory.NEWEST + "__");
    }

    /** By its name the program knows a history of its own from that of a development build. */
    @Test
    void theFirstMigrationIsCalledAsTheProgramExpects() throws IOException {
        assertThat(migrations("V001__*.sql"))
                .extracting(Resource::getFilename)
                .containsExactly("V001__" + MigrationHistory.FIRST.replace(' ', '_') + ".sql");
    }

    private static Resource[] migrations(String pattern) throws IOException {
        return new PathMatchingResourcePatternResolver().getResources("classpath:db/migration/" + pattern);
    }
}
