package dev.crowdlab.checks;

import dev.crowdlab.finding.Finding;
import dev.crowdlab.finding.FindingCode;
import dev.crowdlab.finding.Wording;
import dev.crowdlab.run.RunMetrics;
import dev.crowdlab.run.VoteMetrics;
import dev.crowdlab.run.VoteMetrics.ModelEcho;
import dev.crowdlab.run.VoteMetrics.ModelOrder;
import dev.crowdlab.run.VoteMetrics.Ties;
import dev.crowdlab.text.Plural;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reports where the consensus contradicts the annotators or was decided by a tie-break. */
final class ConsensusFindings {

    /**
     * If more than this share of the consensus labels was given by no annotator, the models have too much influence.
     */
    static final double UNVOTED_SHARE = 0.05;

    private static final int NAMED_MOVES = 5;

    private static final String REVIEW = "; see review_queue, NOBODY_CHOSE_IT";

    private final RunMetrics metrics;
    private final VoteMetrics votes;
    private final FindingList found = new FindingList();

    private ConsensusFindings(RunMetrics metrics) {
        this.metrics = metrics;
        votes = metrics.estimates().votes();
    }

    static List<Finding> of(RunMetrics metrics) {
        ConsensusFindings consensus = new ConsensusFindings(metrics);
        consensus.addQuality();
        consensus.addAgreement();
        consensus.addModelOrders();
        consensus.addModelEchoes();
        consensus.addVanishedClasses();
        consensus.addLabelsAgainstVotes();
        consensus.addTies();
        return consensus.found.findings();
    }

    private void addQuality() {
        double quality = metrics.estimates().meanQuality();
        if (!Double.isNaN(quality)) {
            found.info(
                    FindingCode.MEAN_QUALITY,
                    String.format(Locale.ROOT, "The mean quality of the consensus labels is %.3f.", quality),
                    quality);
        }
    }

    private void addAgreement() {
        if (votes.overlapCount() > 0 && votes.agreeingPairCount() == 0) {
            found.warn(
                    FindingCode.NO_AGREEMENT,
                    Wording.of("No two annotators agree on "
                                    + Plural.word(
                                            votes.overlapCount(),
                                            "the only example",
                                            "any of the " + votes.overlapCount() + " examples")
                                    + " with more than one annotation")
                            .text("; do they use the same example ids and labels?"),
                    votes.overlapCount());
        }
    }

    private void addModelOrders() {
        if (!votes.modelOrders().isEmpty()) {
            ModelOrder worst = votes.modelOrders().get(0);
            found.warnBeyond(
                    worst.agreement(),
                    FindingCode.CLASS_ORDER,
                    sentences(votes.modelOrders(), ConsensusFindings::sentence)
                            .text(" Check whether the probabilities are in the order of the classes."),
                    worst.likelyAgreement());
        }
    }

    private static <T> Wording sentences(List<T> models, Function<T, Wording> sentence) {
        return models.stream()
                .map(sentence)
                .reduce((first, second) -> first.text(" ").and(second))
                .orElseThrow();
    }

    private static Wording sentence(ModelOrder order) {
        return Wording.of(String.format(
                        Locale.ROOT,
                        "Model '%s' agrees with the votes on %.1f %% of the examples, and on %.1f %% if its classes are in"
                                + " another order:",
                        order.model(),
                        100 * order.agreement(),
                        100 * order.likelyAgreement()))
                .text(" its probabilities of "
                        + order.moved().stream().limit(NAMED_MOVES).collect(Collectors.joining(", of "))
                        + (order.moved().size() > NAMED_MOVES ? ", and so on." : "."));
    }

    private void addModelEchoes() {
        if (!votes.modelEchoes().isEmpty()) {
            ModelEcho first = votes.modelEchoes().get(0);
            found.warnBeyond(
                    first.bound(),
                    FindingCode.MODEL_ECHO,
                    sentences(votes.modelEchoes(), ConsensusFindings::sentence)
                            .text(" It has probably been fitted to these very labels, and its echo counts as another"
                                    + " opinion: predict each example by a model that was fitted without it, as in"
                                    + " cross-validation."),
                    first.share());
        }
    }

    private static Wording sentence(ModelEcho echo) {
        return Wording.of(String.format(
                        Locale.ROOT,
                        "Model '%s' repeats the majority on %.1f %% of %s with split votes,",
                        echo.model(),
                        100 * echo.share(),
                        Plural.of(echo.exampleCount(), "example", "examples")))
                .text(String.format(
                        Locale.ROOT,
                        " where a model that has not seen the labels could on %.1f %% at most, since the majority is wrong"
                                + " on the others.",
                        100 * echo.bound()));
    }

    private void addVanishedClasses() {
        if (votes.vanishedClassCount() > 0) {
            String names = votes.vanishedClasses().stream()
                    .map(name -> "'" + name + "'")
                    .collect(Collectors.joining(", "));
            found.warn(
                    FindingCode.CLASSES_VANISHED,
                    Wording.of(Plural.of(votes.vanishedClassCount(), "class was", "classes were")
                                    + " given by annotators and " + Plural.word(votes.vanishedClassCount(), "is", "are")
                                    + " the consensus of no example:")
                            .text(" " + names
                                    + (votes.vanishedClassCount()
                                                    > votes.vanishedClasses().size()
                                            ? ", …."
                                            : ".")),
                    votes.vanishedClassCount());
        }
    }

    private void addLabelsAgainstVotes() {
        if (votes.unvotedCount() > 0) {
            double share = (double) votes.unvotedCount() / metrics.exampleCount();
            found.warnBeyond(
                    UNVOTED_SHARE,
                    FindingCode.LABELS_NOBODY_GAVE,
                    Wording.of(String.format(
                                    Locale.ROOT,
                                    "%d of %s (%.2f %%) %s given by no annotator of the example",
                                    votes.unvotedCount(),
                                    Plural.of(metrics.exampleCount(), "consensus label", "consensus labels"),
                                    100 * share,
                                    Plural.word(votes.unvotedCount(), "was", "were")))
                            .lookup(REVIEW)
                            .text("."),
                    share);
        }
        if (votes.overrulingCount() > 0) {
            found.warn(
                    FindingCode.UNANIMITY_OVERRULED,
                    Wording.of(Plural.of(
                                            votes.overrulingCount(),
                                            "consensus label overrules",
                                            "consensus labels overrule")
                                    + " three or more annotators")
                            .text(" who all gave the same other label")
                            .lookup(REVIEW)
                            .text("."),
                    votes.overrulingCount());
        }
    }

    private void addTies() {
        Ties ties = votes.ties();
        addTie(FindingCode.TIES_BY_VOTES, ties.votes(), "most votes, since classes shared the highest posterior");
        addTie(FindingCode.TIES_BY_MODEL, ties.model(), "the highest predicted probability");
        addTie(FindingCode.TIES_BY_CLASS_FREQUENCY, ties.classFrequency(), "the rarer class");
        addTie(
                FindingCode.TIES_BY_ANNOTATOR_ACCURACY,
                ties.annotatorAccuracy(),
                "the accuracy of the annotators who gave them");
        addTie(
                FindingCode.TIES_BY_CLASS_ORDER,
                ties.classOrder(),
                "the order of the classes, since no other rule decided");
    }

    private void addTie(FindingCode code, long count, String rule) {
        if (count > 0) {
            String labels = Plural.of(count, "consensus label was", "consensus labels were");
            found.info(code, labels + " tied and decided by " + rule + ".", count);
        }
    }
}
