package dev.crowdlab.engine.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LabelQualityScoreTest {

    private static double score(LabelQualityScore score, int label, double... posterior) {
        LabelScorer scorer = score.scorer(posterior);
        scorer.open();
        return scorer.score(label);
    }

    @Test
    void selfConfidenceIsThePosterior() {
        assertThat(score(LabelQualityScore.SELF_CONFIDENCE, 1, 0.25, 0.75)).isEqualTo(0.75);
    }

    @Test
    void theMarginLooksAtTheBestOtherClass() {
        assertThat(score(LabelQualityScore.NORMALIZED_MARGIN, 0, 0.5, 0.25, 0.25))
                .isEqualTo(0.625);
        assertThat(score(LabelQualityScore.NORMALIZED_MARGIN, 1, 0.5, 0.25, 0.25))
                .isEqualTo(0.375);
        assertThat(score(LabelQualityScore.NORMALIZED_MARGIN, 2, 0.125, 0.25, 0.5, 0.125))
                .isEqualTo(0.625);
        assertThat(score(LabelQualityScore.NORMALIZED_MARGIN, 1, 0.375, 0.375, 0.25))
                .isEqualTo(0.5);
        assertThat(score(LabelQualityScore.NORMALIZED_MARGIN, 0, 0, 1)).isZero();
    }

    @Test
    void entropyIsWeightedByTheConfidence() {
        // H = 1, x = 2
        assertThat(score(LabelQualityScore.CONFIDENCE_WEIGHTED_ENTROPY, 0, 0.5, 0.5))
                .isCloseTo(Math.log(3) / 2, within(1e-15));
    }

    @Test
    void aFullyCertainLabelHasTheEntropyScoreOfTheReference() {
        assertThat(score(LabelQualityScore.CONFIDENCE_WEIGHTED_ENTROPY, 0, 1, 0, 0))
                .isZero();
    }

    @ParameterizedTest
    @EnumSource
    void scoresAreClamped(LabelQualityScore score) {
        assertThat(score(score, 0, 1 + 0x1p-50, -0x1p-50, 0)).isBetween(0.0, 1.0);
        assertThat(score(score, 1, 1 + 0x1p-50, -0x1p-50, 0)).isBetween(0.0, 1.0);
    }
}
