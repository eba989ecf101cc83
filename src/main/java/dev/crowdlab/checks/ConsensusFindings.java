package dev.crowdlab.checks;

import dev.crowdlab.run.Finding;
import dev.crowdlab.run.RunMetrics;
import dev.crowdlab.run.VoteMetrics;
import dev.crowdlab.run.VoteMetrics.ModelEcho;
import dev.crowdlab.run.VoteMetrics.ModelOrder;
import dev.crowdlab.run.VoteMetrics.Ties;
import dev.crowdlab.text.Plural;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Reports where the consensus contradicts the annotators or was decided by a tie-break. */
final class ConsensusFindings {

    /**
     * If more than this share of the consensus labels was given by no annotator, the models have too much influence.
     */
    static final double UNVOTED_SHARE = 0.05;

    private static final int NAMED_MOVES = 5;

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
                    Finding.MEAN_QUALITY,
                    String.format(Locale.ROOT, "The mean quality of the consensus labels is %.3f.", quality),
                    quality);
        }
    }

    private void addAgreement() {
        if (votes.overlapCount() > 0 && votes.agreeingPairCount() == 0) {
            found.warn(
                    "NO_AGREEMENT",
                    "No two annotators agree on "
                            + Plural.word(
                                    votes.overlapCount(),
                                    "the only example",
                                    "any of the " + votes.overlapCount() + " examples")
                            + " with more than one annotation; do they use the same example ids and labels?",
                    votes.overlapCount());
        }
    }

    private void addModelOrders() {
        if (!votes.modelOrders().isEmpty()) {
            ModelOrder worst = votes.modelOrders().get(0);
            found.warnBeyond(
                    worst.agreement(),
                    "CLASS_ORDER",
                    votes.modelOrders().stream()
                                    .map(ConsensusFindings::sentence)
                                    .collect(Collectors.joining(" "))
                            + " Check whether the probabilities are in the order of the classes.",
                    worst.likelyAgreement());
        }
    }

    private static String sentence(ModelOrder order) {
        return String.format(
                Locale.ROOT,
                "Model '%s' agrees with the votes on %.1f %% of the examples, and on %.1f %% if its classes are in another"
                        + " order: its probabilities of %s%s.",
                order.model(),
                100 * order.agreement(),
                100 * order.likelyAgreement(),
                order.moved().stream().limit(NAMED_MOVES).collect(Collectors.joining(", of ")),
                order.moved().size() > NAMED_MOVES ? ", and so on" : "");
    }

    private void addModelEchoes() {
        if (!votes.modelEchoes().isEmpty()) {
            ModelEcho first = votes.modelEchoes().get(0);
            found.warnBeyond(
                    first.bound(),
                    "MODEL_ECHO",
                    votes.modelEchoes().stream()
                                    .map(ConsensusFindings::sentence)
                                    .collect(Collectors.joining(" "))
                            + " It has probably been fitted to these very labels, and its echo counts as another opinion:"
                            + " predict each example by a model that was fitted without it, as in cross-validation.",
                    first.share());
        }
    }

    private static String sentence(ModelEcho echo) {
        return String.format(
                Locale.ROOT,
                "Model '%s' repeats the majority on %.1f %% of %s with split votes, where a model that has not seen the"
                        + " labels could on %.1f %% at most, since the majority is wrong on the others.",
                echo.model(),
                100 * echo.share(),
                Plural.of(echo.exampleCount(), "example", "examples"),
                100 * echo.bound());
    }

    private void addVanishedClasses() {
        if (votes.vanishedClassCount() > 0) {
            String names = votes.vanishedClasses().stream()
                    .map(name -> "'" + name + "'")
                    .collect(Collectors.joining(", "));
            found.warn(
                    "CLASSES_VANISHED",
                    Plural.of(votes.vanishedClassCount(), "class was", "classes were") + " given by annotators and "
                            + Plural.word(votes.vanishedClassCount(), "is", "are")
                            + " the consensus of no example: " + names
                            + (votes.vanishedClassCount()
                                            > votes.vanishedClasses().size()
                                    ? ", …"
                                    : "") + ".",
                    votes.vanishedClassCount());
        }
    }

    private void addLabelsAgainstVotes() {
        if (votes.unvotedCount() > 0) {
            double share = (double) votes.unvotedCount() / metrics.exampleCount();
            found.warnBeyond(
                    UNVOTED_SHARE,
                    "LABELS_NOBODY_GAVE",
                    String.format(
                            Locale.ROOT,
                            "%d of %s (%.2f %%) %s given by no annotator of the example; see review_queue,"
                                    + " NOBODY_CHOSE_IT.",
                            votes.unvotedCount(),
                            Plural.of(metrics.exampleCount(), "consensus label", "consensus labels"),
                            100 * share,
                            Plural.word(votes.unvotedCount(), "was", "were")),
                    share);
        }
        if (votes.overrulingCount() > 0) {
            found.warn(
                    "UNANIMITY_OVERRULED",
                    Plural.of(votes.overrulingCount(), "consensus label overrules", "consensus labels overrule")
                            + " three or more annotators who all gave the same other label; see review_queue,"
                            + " NOBODY_CHOSE_IT.",
                    votes.overrulingCount());
        }
    }

    private void addTies() {
        Ties ties = votes.ties();
        addTie("TIES_BY_VOTES", ties.votes(), "most votes, since classes shared the highest posterior");
        addTie("TIES_BY_MODEL", ties.model(), "the highest predicted probability");
        addTie("TIES_BY_CLASS_FREQUENCY", ties.classFrequency(), "the rarer class");
        addTie("TIES_BY_ANNOTATOR_ACCURACY", ties.annotatorAccuracy(), "the accuracy of the annotators who gave them");
        addTie("TIES_BY_CLASS_ORDER", ties.classOrder(), "the order of the classes, since no other rule decided");
    }

    private void addTie(String code, long count, String rule) {
        if (count > 0) {
            String labels = Plural.of(count, "consensus label was", "consensus labels were");
            found.info(code, labels + " tied and decided by " + rule + ".", count);
        }
    }
}
