package dev.crowdlab.engine.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.crowdlab.engine.ActiveLab;
import dev.crowdlab.engine.DataSet;
import dev.crowdlab.engine.Options;
import dev.crowdlab.engine.RecordedPhases;
import dev.crowdlab.engine.quality.LabelQualityScore;
import java.io.IOException;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.Test;

class PhaseEventTest {

    private static final Options OPTIONS = Options.defaults().withThreads(2, 64);

    /** Examples with two annotations, and one model. */
    private static final DataSet DATA = DataSet.of(
            2, 2, List.of(new int[] {0, 0, 1}, new int[] {0, 1, 0}, new int[] {1, 0, 0}), List.of(new double[] {
                0.5, 0.5, 0.75, 0.25
            }));

    private static List<String> phases(Options options) throws IOException {
        return RecordedPhases.names(() -> DATA.analyze(options));
    }

    @Test
    void anAnalysisRecordsItsPhasesInTheirOrder() throws IOException {
        assertThat(phases(OPTIONS))
                .containsExactly(
                        "votes",
                        "ties",
                        "weights",
                        "bestQuality",
                        "weights",
                        "annotationScores",
                        "confusion",
                        "worstClasses",
                        "tiedClasses",
                        "annotatorStatistics",
                        "modelLabels",
                        "review",
                        "agreement",
                        "pairs");
    }

    @Test
    void whatIsAskedForBesidesIsAPhaseOfItsOwn() throws IOException {
        assertThat(phases(OPTIONS.withCalibration(true)))
                .startsWith("coarseTemperatures", "fineTemperatures", "calibrate", "votes");
        assertThat(phases(OPTIONS.withScore(LabelQualityScore.SELF_CONFIDENCE, true)))
                .containsSubsequence("bestQuality", "confidence", "annotationScores");
        assertThat(phases(OPTIONS.withConsensus(ConsensusMethod.MAJORITY_VOTE, ConsensusMethod.BEST_QUALITY)))
                .containsSubsequence("annotationScores", "bestQuality", "consensusScores", "review");
    }

    @Test
    void activeLabRecordsItsOwnPhasesAroundThoseOfTheAnalysis() throws IOException {
        assertThat(RecordedPhases.names(
                        () -> ActiveLab.score(DATA.annotations(), DATA.predictions(), Predictions.none(0, 2), OPTIONS)))
                .containsSubsequence("coarseTemperatures", "calibrate", "votes", "labeledScores", "unlabeledScores");
    }

    @Test
    void aPhaseTellsHowMuchItTreatsAndHowLongItTakes() throws IOException {
        RecordedEvent votes = RecordedPhases.of(() -> DATA.analyze(OPTIONS)).get(0);
        assertThat(votes.getLong("examples")).isEqualTo(2);
        assertThat(votes.getLong("annotations")).isEqualTo(3);
        assertThat(votes.getDuration()).isPositive();
        assertThat(votes.getStackTrace()).isNull();
        assertThat(votes.getEventType().getCategoryNames()).containsExactly("CROWDLAB");
    }

    @Test
    void aPhaseThatFailsIsRecorded() throws IOException {
        Runnable failing = () -> PhaseEvent.measure("broken", 1, 1, () -> {
            throw new ArithmeticException();
        });
        assertThat(RecordedPhases.names(() ->
                        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(failing::run)))
                .containsExactly("broken");
    }
}
