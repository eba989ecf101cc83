package dev.crowdlab.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.finding.Finding;
import dev.crowdlab.finding.Finding.Severity;
import dev.crowdlab.finding.FindingCode;
import dev.crowdlab.run.ConsensusMetrics;
import dev.crowdlab.run.ConsensusMetrics.Accuracy;
import dev.crowdlab.run.ConsensusMetrics.Method;
import dev.crowdlab.run.GoldMetrics;
import dev.crowdlab.run.VoteMetrics.ModelEcho;
import dev.crowdlab.run.VoteMetrics.ModelOrder;
import dev.crowdlab.run.VoteMetrics.Ties;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** Findings that never stop publication. */
class FindingsTest {

    private static final double NONE = Double.NaN;

    private final SampleMetrics figures = new SampleMetrics();

    /** The findings beyond the two that every run has. */
    private List<Finding> remarks() {
        List<Finding> checks = figures.checks();
        assertThat(checks.subList(0, 2)).extracting(Finding::code).containsExactly("MIN_EXAMPLES", "REJECTED_SHARE");
        assertThat(checks).extracting(Finding::severity).doesNotContain(Severity.FAIL);
        assertThat(checks).extracting(Finding::code).doesNotHaveDuplicates();
        return checks.subList(2, checks.size());
    }

    private Finding remark() {
        List<Finding> remarks = remarks();
        assertThat(remarks).hasSize(1);
        return remarks.get(0);
    }

    @Test
    void aGoodRunGivesNothingToRemark() {
        assertThat(remarks()).isEmpty();
    }

    @Test
    void missingPredictionsAreAWarning() {
        figures.modelCount = 0;
        assertThat(remark())
                .isEqualTo(Finding.of(
                        FindingCode.NO_PREDICTIONS,
                        Severity.WARN,
                        "There are no predictions; the consensus is the majority vote, and quality is the annotators' agreement.",
                        NONE,
                        NONE));
    }

    @Test
    void withoutPredictionsTheConsensusIsThatOfThePublishedMethod() {
        figures.modelCount = 0;
        figures.consensus =
                new ConsensusMetrics(List.of(method(ConsensusMethod.DAWID_SKENE, 1, Optional.empty())), false);
        assertThat(remark().message())
                .isEqualTo(
                        "There are no predictions; the consensus of dawid_skene and its scores follow from the annotations alone.");
        Accuracy accuracy = new Accuracy(0.8, 0.6, 0.9, 1);
        figures.consensus =
                new ConsensusMetrics(List.of(method(ConsensusMethod.COMMITTEE, 1, Optional.of(accuracy))), false);
        assertThat(remarks())
                .extracting(Finding::message)
                .contains(
                        "There are no predictions; the consensus of committee and its scores follow from the annotations alone.");
    }

    @Test
    void aModelWhoseClassesStandInAnotherOrderIsAWarning() {
        figures.modelOrders = List.of(
                new ModelOrder("m", 0.331, 0.92, List.of("'c' look like 'a'", "'a' look like 'c'")),
                new ModelOrder("n", 0.1, 0.9, Collections.nCopies(6, "'c' look like 'a'")));
        Finding check = remark();
        assertThat(check.code() + " " + check.severity()).isEqualTo("CLASS_ORDER WARN");
        assertThat(check.message())
                .startsWith(
                        "Model 'm' agrees with the votes on 33.1 % of the examples, and on 92.0 % if its classes are"
                                + " in another order: its probabilities of 'c' look like 'a', of 'a' look like 'c'. Model 'n'")
                .endsWith(", and so on. Check whether the probabilities are in the order of the classes.");
        assertThat(check.observed()).isEqualTo(0.92);
        assertThat(check.threshold()).isEqualTo(0.331);
    }

    @Test
    void aModelThatRepeatsTheMajorityIsAWarning() {
        figures.modelEchoes = List.of(new ModelEcho("m", 0.994, 0.7125, 1_204), new ModelEcho("n", 0.9, 0.7, 1));
        Finding check = remark();
        assertThat(check.code() + " " + check.severity()).isEqualTo("MODEL_ECHO WARN");
        assertThat(check.message())
                .startsWith(
                        "Model 'm' repeats the majority on 99.4 % of 1204 examples with split votes, where a model that has"
                                + " not seen the labels could on 71.3 % at most, since the majority is wrong on the others. Model 'n'"
                                + " repeats the majority on 90.0 % of 1 example with")
                .endsWith("predict each example by a model that was fitted without it, as in cross-validation.");
        assertThat(check.observed()).isEqualTo(0.994);
        assertThat(check.threshold()).isEqualTo(0.7125);
    }

    @Test
    void methodsAreComparedWhereOthersThanUsualAreAskedFor() {
        Method published = method(ConsensusMethod.BEST_QUALITY, 1, Optional.empty());
        Method votes = method(ConsensusMethod.MAJORITY_VOTE, 0.975, Optional.empty());
        figures.consensus = new ConsensusMetrics(List.of(published, votes), false);
        assertThat(remarks()).isEmpty();
        Method committee = method(ConsensusMethod.COMMITTEE, 0.9, Optional.of(new Accuracy(0.8, 0.6, 0.9, 1)));
        figures.consensus = new ConsensusMetrics(List.of(published, votes, committee), false);
        Finding differing = remark();
        assertThat(differing.code() + " " + differing.severity()).isEqualTo("METHODS_DIFFER INFO");
        assertThat(differing.message())
                .isEqualTo(
                        "Of 200 labels by best_quality, 2.5 % differ under majority_vote, 10.0 % differ under committee;"
                                + " see alternative_consensus. The method committee expects 80.0 % of its labels to be right (90 %"
                                + " interval 60.0 to 90.0 %).");
        assertThat(differing.observed()).isCloseTo(0.1, within(1e-12));
        figures.consensus = new ConsensusMetrics(List.of(committee), false);
        assertThat(remark().code()).isEqualTo("ESTIMATED_ACCURACY");
        figures.consensus =
                new ConsensusMetrics(List.of(method(ConsensusMethod.DAWID_SKENE, 1, Optional.empty())), true);
        assertThat(remark().code() + " " + remark().severity()).isEqualTo("DAWID_SKENE_UNSETTLED WARN");
    }

    @Test
    void aCommitteeThatWouldOverstateItselfIsAWarning() {
        Method committee = method(
                ConsensusMethod.COMMITTEE, 1, Optional.of(new Accuracy(Double.NaN, Double.NaN, Double.NaN, 0.024)));
        String reason =
                "The method committee has no estimate of how many of its labels are right: 2.4 % of the examples have"
                        + " two or more annotations, and with predictions it would overstate itself below 20 %.";
        figures.consensus = new ConsensusMetrics(List.of(committee), false);
        assertThat(remark().code() + " " + remark().severity()).isEqualTo("ESTIMATED_ACCURACY WARN");
        assertThat(remark().message())
                .isEqualTo(reason + " Do not read its scores as probabilities; have more examples labeled twice.");
        assertThat(remark().observed()).isEqualTo(0.024);
        assertThat(remark().threshold()).isEqualTo(0.2);
        Method votes = method(ConsensusMethod.MAJORITY_VOTE, 1, Optional.empty());
        figures.consensus = new ConsensusMetrics(List.of(committee, votes), false);
        assertThat(remarks().stream().map(Finding::code)).containsExactly("METHODS_DIFFER", "ESTIMATED_ACCURACY");
        assertThat(remarks().get(0).message()).endsWith("see alternative_consensus.");
        figures.consensus = new ConsensusMetrics(List.of(votes, committee), false);
        assertThat(remark().code() + " " + remark().severity()).isEqualTo("METHODS_DIFFER INFO");
        assertThat(remark().message()).endsWith(reason);
    }

    private static Method method(ConsensusMethod method, double equalShare, Optional<Accuracy> accuracy) {
        return new Method(method, equalShare, accuracy, GoldMetrics.NONE.consensus());
    }

    @Test
    void methodsAreComparedOnGoldWhereThereIsSome() {
        Method published = new Method(
                ConsensusMethod.DAWID_SKENE, 1, Optional.empty(), new GoldMetrics.Accuracy(36, 40, 0.9, 0.8, 0.953));
        Method votes = new Method(
                ConsensusMethod.MAJORITY_VOTE,
                0.95,
                Optional.empty(),
                new GoldMetrics.Accuracy(34, 40, 0.85, 0.74, 0.92));
        figures.consensus = new ConsensusMetrics(List.of(published, votes), false);
        assertThat(remark().message())
                .isEqualTo("Of 200 labels by dawid_skene, 5.0 % differ under majority_vote; see alternative_consensus."
                        + " Right on 40 examples with gold: 90.0 % (80.0 to 95.3 %) by dawid_skene, 85.0 % (74.0 to 92.0 %) by"
                        + " majority_vote.");
    }

    @Test
    void unlabeledExamplesThatSomeModelMissesAreMentioned() {
        figures.partlyPredictedCount = 3;
        assertThat(remarks())
                .containsExactly(Finding.of(
                        FindingCode.PARTLY_PREDICTED,
                        Severity.WARN,
                        "3 unlabeled examples have usable predictions, but not of every model; label_next omits them.",
                        3,
                        NONE));
    }

    @Test
    void mendedPredictionsAreMentioned() {
        figures.renormalizedCount = 4;
        figures.uniformCount = 3;
        assertThat(remarks())
                .containsExactly(
                        Finding.of(
                                FindingCode.RENORMALIZED_PREDICTIONS,
                                Severity.INFO,
                                "4 predictions did not sum to 1 and were divided by their sum.",
                                4,
                                NONE),
                        Finding.of(
                                FindingCode.UNIFORM_PREDICTIONS,
                                Severity.WARN,
                                "3 examples have no usable prediction; all classes were assumed to be equally likely.",
                                3,
                                NONE));
    }

    @Test
    void singleAnnotationsAreAWarning() {
        figures.isSingleAnnotationOnly = true;
        figures.overlapCount = 0;
        figures.agreeingPairCount = 0;
        assertThat(remark())
                .isEqualTo(Finding.of(
                        FindingCode.SINGLE_ANNOTATION_ONLY,
                        Severity.WARN,
                        "Every example has one annotation; quality depends on the predictions only.",
                        NONE,
                        NONE));
        figures.exampleCount = 0;
        assertThat(figures.checks()).hasSize(2);
    }

    @Test
    void annotatorsAtTheFloorAreAWarningWhereTheyAreMoreThanHalf() {
        figures.flooredAnnotatorCount = 10;
        assertThat(remarks()).isEmpty();
        figures.flooredAnnotatorCount = 11;
        assertThat(remark())
                .isEqualTo(Finding.of(
                        FindingCode.ANNOTATORS_AT_FLOOR,
                        Severity.WARN,
                        "11 of 20 annotators agree with the others no better than always giving the most frequent class"
                                + " would, and have the minimum weight; where only they labeled, the consensus"
                                + " is the model alone. Compare with majority_vote, in alternative_consensus.",
                        0.55,
                        0.5));
    }

    @Test
    void whatAnnotatorsAtTheFloorLeadToDependsOnTheRest() {
        figures.flooredAnnotatorCount = 20;
        assertThat(remark().message())
                .endsWith(
                        "weight; the consensus is the model alone. Compare with majority_vote, in alternative_consensus.");
        figures.modelCount = 2;
        assertThat(remark().message())
                .endsWith(
                        "weight; the consensus is the models alone. Compare with majority_vote, in alternative_consensus.");
        figures.isMajorityVote = true;
        assertThat(remark().message()).endsWith("weight; the quality is the models alone.");
        figures.flooredModelCount = 2;
        assertThat(remarks())
                .extracting(Finding::message)
                .satisfiesExactly(
                        annotators -> assertThat(annotators).endsWith("weight; all count about equally."),
                        models -> assertThat(models).endsWith("and have the minimum weight."));
        figures.flooredAnnotatorCount = 19;
        assertThat(remarks())
                .filteredOn(remark -> remark.code().equals("ANNOTATORS_AT_FLOOR"))
                .extracting(Finding::message)
                .singleElement()
                .asString()
                .endsWith("weight; the other one decides nearly alone.");
        figures.annotatorCount = 0;
        figures.flooredAnnotatorCount = 0;
        figures.flooredModelCount = 0;
        assertThat(remarks()).isEmpty();
    }

    @Test
    void modelsAtTheFloorAreAWarningWhereAllAre() {
        figures.flooredModelCount = 1;
        assertThat(remark())
                .isEqualTo(Finding.of(
                        FindingCode.MODELS_AT_FLOOR,
                        Severity.WARN,
                        "The only model gives the consensus no more often than always giving the most frequent class"
                                + " would, and has the minimum weight; it adds nothing to the annotators.",
                        1,
                        NONE));
        figures.modelCount = 2;
        assertThat(remark().severity()).isEqualTo(Severity.INFO);
        assertThat(remark().message()).startsWith("1 of 2 models gives").endsWith("it adds nothing to the annotators.");
        figures.flooredModelCount = 2;
        assertThat(remark().message()).startsWith("2 of 2 models give").endsWith("they add nothing to the annotators.");
    }

    @Test
    void annotatorsWithoutOverlapAreMentioned() {
        figures.imputedAnnotatorCount = 2;
        assertThat(remark())
                .isEqualTo(Finding.of(
                        FindingCode.ANNOTATORS_WITHOUT_OVERLAP,
                        Severity.INFO,
                        "2 annotators share no example with another annotator; their agreement is taken to be the mean of the others'.",
                        2,
                        NONE));
    }

    @Test
    void theMeanQualityIsForTheRecord() {
        figures.meanQuality = 0.81249;
        assertThat(remark())
                .isEqualTo(Finding.of(
                        FindingCode.MEAN_QUALITY,
                        Severity.INFO,
                        "The mean quality of the consensus labels is 0.812.",
                        0.81249,
                        NONE));
    }

    @Test
    void noAgreementAtAllIsAWarning() {
        figures.agreeingPairCount = 1;
        assertThat(remarks()).isEmpty();
        figures.agreeingPairCount = 0;
        assertThat(remark())
                .isEqualTo(Finding.of(
                        FindingCode.NO_AGREEMENT,
                        Severity.WARN,
                        "No two annotators agree on any of the 150 examples with more than one annotation; do they use"
                                + " the same example ids and labels?",
                        150,
                        NONE));
    }

    @Test
    void classesThatVanishedAreNamed() {
        figures.vanishedClasses = List.of("maybe", "skip");
        figures.vanishedClassCount = 2;
        assertThat(remark())
                .isEqualTo(Finding.of(
                        FindingCode.CLASSES_VANISHED,
                        Severity.WARN,
                        "2 classes were given by annotators and are the consensus of no example: 'maybe', 'skip'.",
                        2,
                        NONE));
        figures.vanishedClassCount = 7;
        assertThat(remark().message()).startsWith("7 classes").endsWith("example: 'maybe', 'skip', ….");
    }

    @Test
    void labelsThatNobodyGaveAreAWarningBeyondFiveInAHundred() {
        figures.unvotedCount = 10;
        assertThat(remark())
                .isEqualTo(Finding.of(
                        FindingCode.LABELS_NOBODY_GAVE,
                        Severity.INFO,
                        "10 of 200 consensus labels (5.00 %) were given by no annotator of the example; see"
                                + " review_queue, NOBODY_CHOSE_IT.",
                        0.05,
                        0.05));
        figures.unvotedCount = 11;
        assertThat(remark().severity()).isEqualTo(Severity.WARN);
        assertThat(remark().observed()).isEqualTo(0.055);
    }

    @Test
    void labelsThatOverruleManyAreAWarning() {
        figures.overrulingCount = 1;
        assertThat(remark())
                .isEqualTo(Finding.of(
                        FindingCode.UNANIMITY_OVERRULED,
                        Severity.WARN,
                        "1 consensus label overrules three or more annotators who all gave the same other label; see"
                                + " review_queue, NOBODY_CHOSE_IT.",
                        1,
                        NONE));
    }

    @Test
    void tiesAreCountedByRule() {
        figures.ties = new Ties(1, 2, 3, 4, 5);
        assertThat(remarks())
                .extracting(Finding::code, Finding::severity, Finding::observed)
                .containsExactly(
                        tie("TIES_BY_VOTES", 1),
                        tie("TIES_BY_MODEL", 2),
                        tie("TIES_BY_CLASS_FREQUENCY", 3),
                        tie("TIES_BY_ANNOTATOR_ACCURACY", 4),
                        tie("TIES_BY_CLASS_ORDER", 5));
        figures.ties = new Ties(0, 0, 3, 0, 0);
        assertThat(remark().message()).isEqualTo("3 consensus labels were tied and decided by the rarer class.");
    }

    @Test
    void ofOneThingItIsSpokenInTheSingular() {
        figures.annotatorCount = 1;
        figures.flooredAnnotatorCount = 1;
        figures.imputedAnnotatorCount = 1;
        figures.renormalizedCount = 1;
        figures.partlyPredictedCount = 1;
        figures.uniformCount = 1;
        figures.overlapCount = 1;
        figures.agreeingPairCount = 0;
        figures.vanishedClasses = List.of("maybe");
        figures.vanishedClassCount = 1;
        figures.unvotedCount = 1;
        figures.ties = new Ties(1, 0, 0, 0, 0);
        assertThat(remarks())
                .extracting(Finding::message)
                .satisfiesExactly(
                        text -> assertThat(text).isEqualTo("1 prediction did not sum to 1 and was divided by its sum."),
                        text -> assertThat(text)
                                .startsWith("1 unlabeled example has")
                                .endsWith("omits it."),
                        text -> assertThat(text).startsWith("1 example has no usable prediction;"),
                        text -> assertThat(text).startsWith("1 annotator shares no example with another annotator;"),
                        text -> assertThat(text)
                                .startsWith("The only annotator agrees with the others no better than")
                                .contains("would, and has the minimum weight"),
                        text -> assertThat(text)
                                .startsWith("No two annotators agree on the only example with more than one"),
                        text -> assertThat(text)
                                .isEqualTo(
                                        "1 class was given by annotators and is the consensus of no example: 'maybe'."),
                        text -> assertThat(text).startsWith("1 of 200 consensus labels (0.50 %) was given by no"),
                        text -> assertThat(text).startsWith("1 consensus label was tied and decided by most votes"));
    }

    private static Tuple tie(String code, double count) {
        return tuple(code, Severity.INFO, count);
    }
}
