package dev.crowdlab.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.dataset.id.IdList;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachinePatternsTest {

    @ParameterizedTest
    @CsvSource({
        "gpt-*, gpt-4o, true",
        "gpt-*, gpt-, true",
        "gpt-*, my-gpt-4o, false",
        "*gpt*, my-gpt-4o, true",
        "judge ?, judge 7, true",
        "judge ?, judge 77, false",
        "judge ?, judge 𝟟, true",
        "a.c, abc, false",
        "[a-c], b, false",
        "GPT, gpt, false",
        "*a*b, xaxbxb, true",
        "*a*b, xaxbx, false",
        "**, '', true",
        "'', '', true"
    })
    void aPatternFitsWholeIds(String pattern, String id, boolean isFitting) {
        assertThat(MachinePatterns.fits(pattern, id)).isEqualTo(isFitting);
    }

    @Test
    void annotatorsThatAnyPatternFitsAreMachines() {
        IdList annotators = IdList.of(List.of("ann", "claude-1", "gpt-1", "gpt-2"));
        AnnotatorKinds kinds =
                new AnnotatorKinds(new byte[] {AnnotatorKinds.MACHINE, 0, 0, AnnotatorKinds.HUMAN}, new String[4]);
        MachinePatterns patterns = new MachinePatterns(List.of("gpt-*", "claude-1"));
        assertThat(patterns.machines(annotators, AnnotatorKinds.NONE)).containsExactly(1, 2, 3);
        assertThat(patterns.stated().machines(annotators, kinds)).containsExactly(0, 1, 2, 3);
        assertThat(MachinePatterns.NONE.stated().machines(annotators, kinds)).containsExactly(0);
        assertThat(MachinePatterns.NONE.machines(annotators, AnnotatorKinds.NONE))
                .isEmpty();
    }

    @Test
    void aHostileIdTakesNoTime() {
        String pattern = "*a".repeat(200) + "b";
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(5), () -> assertThat(MachinePatterns.fits(pattern, "a".repeat(1_000)))
                        .isFalse());
    }
}
