package dev.crowdlab.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.results.copy.RecordedTable;
import dev.crowdlab.run.RunStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HashChainTest {

    @Test
    void aChainIsWholeWhateverTheOrderOfItsNumbers() {
        List<AuditedRun> runs = new ArrayList<>(List.of(run(4, null), run(2, 4L), run(7, 2L), run(3, 7L)));
        assertThat(faults(runs)).isEmpty();
        Collections.reverse(runs);
        assertThat(faults(runs)).isEmpty();
        assertThat(chain(runs).newest()).map(AuditedRun::runId).hasValue(3L);
    }

    @Test
    void noRunMakesNoDifferenceAndHasNoEnd() {
        assertThat(faults(List.of())).isEmpty();
        assertThat(chain(List.of()).newest()).isEmpty();
    }

    @Test
    void aRunThatIsStillRunningIsNotInTheChain() {
        AuditedRun open = new AuditedRun(
                9, RunStatus.RUNNING, Optional.empty(), Optional.empty(), "x", Optional.empty(), List.of());
        assertThat(faults(List.of(run(1, null), open))).isEmpty();
        assertThat(chain(List.of(run(1, null), open)).newest())
                .map(AuditedRun::runId)
                .hasValue(1L);
    }

    @Test
    void aRunWhoseColumnsWereChangedIsNamed() {
        AuditedRun changed = closed(2, Optional.of(hash(1)), hash(2), "other");
        assertThat(faults(List.of(run(1, null), changed, run(3, 2L))))
                .containsExactly("Dataset 'd', run 2: table run does not match its hash; its values were changed after"
                        + " the run was closed.");
    }

    @Test
    void aRunThatWasCutOutIsMissedByItsSuccessor() {
        assertThat(faults(List.of(run(1, null), run(3, 2L), run(4, 3L))))
                .containsExactly(
                        "Dataset 'd', run 3: table run lacks the run that this one follows, whose hash is hash2.");
    }

    @Test
    void aForkNamesBothBranches() {
        assertThat(faults(List.of(run(1, null), run(2, 1L), run(3, 1L))))
                .containsExactlyInAnyOrder(
                        "Dataset 'd', run 2: table run has more than one run that follows hash1: 2 and 3.",
                        "Dataset 'd', run 3: table run has more than one run that follows hash1: 2 and 3.");
    }

    @Test
    void twoBeginningsAreNamed() {
        assertThat(faults(List.of(run(1, null), run(2, null))))
                .containsExactlyInAnyOrder(
                        "Dataset 'd', run 1: table run has more than one first run: 1 and 2.",
                        "Dataset 'd', run 2: table run has more than one first run: 1 and 2.");
    }

    @Test
    void aRingHasNoBeginning() {
        assertThat(faults(List.of(run(1, 3L), run(2, 1L), run(3, 2L))))
                .hasSize(3)
                .allMatch(fault -> fault.endsWith("has no first run from which the chain leads to this one."));
    }

    @Test
    void theOutputDigestDoesNotDependOnTheOrderOfTheTables() {
        List<RecordedTable> tables = new ArrayList<>(List.of(
                new RecordedTable("a", 2, "da", List.of("x", "y"), false),
                new RecordedTable("b", 0, "db", List.of("y"), true),
                new RecordedTable("c", 5, "dc", List.of("z"), false)));
        String digest = RecordedTable.outputDigest(tables);
        // printf 'a 2 da x,y\nb 0 db y\nc 5 dc z\n' | sha256sum
        assertThat(digest).isEqualTo("a93324be79012c71080ade47c45b5148fa66320dd733349021f8558c4bbc3459");
        Collections.reverse(tables);
        assertThat(RecordedTable.outputDigest(tables)).isEqualTo(digest);
    }

    private static HashChain chain(List<AuditedRun> runs) {
        return new HashChain("d", runs);
    }

    private static List<String> faults(List<AuditedRun> runs) {
        return chain(runs).differences().stream()
                .map(IntegrityViolation::sentence)
                .toList();
    }

    private static AuditedRun run(long runId, @Nullable Long previous) {
        return closed(runId, Optional.ofNullable(previous).map(HashChainTest::hash), hash(runId), hash(runId));
    }

    private static AuditedRun closed(long runId, Optional<String> previousHash, String hash, String expectedHash) {
        return new AuditedRun(
                runId, RunStatus.PUBLISHED, previousHash, Optional.of(hash), expectedHash, Optional.empty(), List.of());
    }

    private static String hash(long runId) {
        return "hash" + runId;
    }
}
