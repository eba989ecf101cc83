package dev.crowdlab.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.crowdlab.engine.gold.GoldUse;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.pass.TieBreak;
import dev.crowdlab.engine.quality.QualityMethod;
import dev.crowdlab.testing.Slow;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The engine against the naive implementation on many small random data sets. */
class NaiveComparisonTest {

    private static final double TOLERANCE = 1e-12;
    private static final int DATA_SETS = 600;
    private static final int COMPARED = Slow.cases(150, DATA_SETS);

    @ParameterizedTest
    @EnumSource(names = {"BEST_QUALITY", "MAJORITY_VOTE"})
    void crowdlabIsWhatItsRulesSay(ConsensusMethod method) {
        compare(method, QualityMethod.CROWDLAB);
    }

    @ParameterizedTest
    @EnumSource(names = {"BEST_QUALITY", "MAJORITY_VOTE"})
    void agreementIsWhatItsRulesSay(ConsensusMethod method) {
        compare(method, QualityMethod.AGREEMENT);
    }

    @Test
    void theDataSetsReachEveryRule() {
        Set<TieBreak> majorityRules = EnumSet.noneOf(TieBreak.class);
        Set<TieBreak> tieBreaks = EnumSet.noneOf(TieBreak.class);
        for (long seed = 0; seed < DATA_SETS; seed++) {
            DataSet data = RandomDataSets.of(seed, 30, 9);
            if (data.annotations().largestSize() > 1) {
                Analysis analysis = data.analyze(Options.defaults());
                for (int example = 0; example < data.annotations().exampleCount(); example++) {
                    majorityRules.add(analysis.majorityRule(example));
                    tieBreaks.add(analysis.published().tieBreak(example));
                }
            }
        }
        assertThat(majorityRules).hasSize(TieBreak.values().length - 1).doesNotContain(TieBreak.NONE);
        assertThat(tieBreaks).hasSize(TieBreak.values().length);
    }

    private static void compare(ConsensusMethod consensusMethod, QualityMethod qualityMethod) {
        compare(consensusMethod, qualityMethod, GoldUse.NONE);
        compare(consensusMethod, qualityMethod, GoldUse.FIX);
    }

    private static void compare(ConsensusMethod consensusMethod, QualityMethod qualityMethod, GoldUse gold) {
        int compared = 0;
        for (long seed = 0; seed < COMPARED; seed++) {
            DataSet data = RandomDataSets.of(seed, 30, 9);
            boolean hasOverlap = data.annotations().largestSize() > 1;
            if (hasOverlap || data.predictions().modelCount() > 0) {
                compare(
                        gold == GoldUse.NONE ? data : data.withGold(seed),
                        Options.defaults()
                                .withConsensus(consensusMethod)
                                .withQuality(qualityMethod)
                                .withGold(gold)
                                .withThreads(1, 7),
                        "seed " + seed);
                compared += 1;
            }
        }
        assertThat(compared).isGreaterThan(COMPARED * 9 / 10);
    }

    private static void compare(DataSet data, Options options, String name) {
        NaiveCrowdlab naive = new NaiveCrowdlab(data, options.consensusMethods().get(0), options.qualityMethod());
        Analysis analysis = data.analyze(options);
        assertThat(analysis.singleAnnotationOnly()).isEqualTo(naive.single);
        assertThat(analysis.majorityVote()).as(name).isEqualTo(naive.majority);
        assertClose(analysis.consensusLikelihood(), naive.likelihood, name);
        for (int example = 0; example < naive.exampleCount; example++) {
            compareExample(analysis, naive, example, name);
        }
        for (int example = 0, position = 0; example < naive.exampleCount; example++) {
            for (int annotator = 0; annotator < naive.annotatorCount; annotator++) {
                if (naive.given[example][annotator] >= 0) {
                    assertClose(
                            analysis.annotationQuality(position), naive.annotationQuality(example, annotator), name);
                    position += 1;
                }
            }
        }
        for (int annotator = 0; annotator < naive.annotatorCount; annotator++) {
            compareAnnotator(analysis.annotators(), naive, annotator, name);
        }
        for (int model = 0; model < naive.modelCount; model++) {
            assertClose(analysis.modelWeight(model), naive.modelWeights[model], name);
        }
    }

    private static void compareExample(Analysis analysis, NaiveCrowdlab naive, int example, String name) {
        Consensus published = analysis.published();
        assertThat(analysis.majorityRule(example)).as(name).isEqualTo(naive.majorityRules[example]);
        assertThat(published.label(example)).as(name).isEqualTo(naive.consensus[example]);
        assertThat(published.tieBreak(example)).as(name).isEqualTo(naive.tieBreaks[example]);
        assertClose(published.quality(example), naive.consensusQuality(example), name);
        assertClose(published.agreement(example), naive.agreement(example), name);
    }

    private static void compareAnnotator(
            AnnotatorStatistics annotators, NaiveCrowdlab naive, int annotator, String name) {
        List<Integer> examples = naive.examplesOf(annotator);
        assertClose(annotators.quality(annotator), naive.annotatorQuality(annotator), name);
        assertClose(annotators.weight(annotator), naive.annotatorWeights[annotator], name);
        assertClose(annotators.agreementWithAnnotators(annotator), naive.agreementWithAnnotators[annotator], name);
        assertClose(annotators.agreementWithConsensus(annotator), naive.shareOfConsensus(annotator, examples), name);
        assertThat(annotators.labelCount(annotator)).as(name).isEqualTo(examples.size());
        assertThat(naive.isWorstClass(annotator, annotators.worstClass(annotator)))
                .as(name)
                .isTrue();
        boolean overlaps = examples.stream().anyMatch(example -> naive.size(example) > 1);
        assertThat(annotators.agreementImputed(annotator)).as(name).isEqualTo(!overlaps && !naive.single);
        assertThat(annotators.qualityReason(annotator).isPresent()).as(name).isEqualTo(!overlaps && !naive.single);
    }

    private static void assertClose(double actual, double expected, String name) {
        if (Double.isNaN(expected)) {
            assertThat(actual).as(name).isNaN();
        } else {
            assertThat(actual).as(name).isCloseTo(expected, within(TOLERANCE));
        }
    }
}
