// longer than 300 lines: each option can be replaced by itself
package dev.crowdlab.engine;

import static java.util.Objects.requireNonNull;

import dev.crowdlab.engine.correction.GoldCorrection;
import dev.crowdlab.engine.gold.GoldUse;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.quality.LabelQualityScore;
import dev.crowdlab.engine.quality.QualityMethod;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/**
 * Settings of one analysis. Threads and block size never change a result, not even its last bit.
 *
 * @param consensusMethods at least one, none twice; the first is published, the others are alternatives
 * @param qualityMethod how quality is estimated
 * @param labelQualityScore how the quality of a label follows from the posterior
 * @param adjustPredictions whether the posterior is first corrected for how confident it is of each class on average;
 *     not with confidence_weighted_entropy
 * @param calibratePredictions whether the models' probabilities are first sharpened or softened by a temperature per
 *     model that fits the annotations best
 * @param gold how {@link Column#GOLD} is used; {@link GoldUse#ANCHOR} with the committee as the published consensus only
 * @param goldMinimum gold labels from which on gold may change labels, if it is to correct them, at least 1
 * @param keepsPosterior whether to keep what {@link Estimates#posterior} needs: predictions as analyzed, and the
 *     committee's posteriors over candidates
 * @param supplements what is wanted beside the consensus
 * @param threads number of threads, at least 1
 * @param blockSize examples a thread takes at a time, at least 1
 */
// more components: one for each choice that a caller has
public record Options(
        List<ConsensusMethod> consensusMethods,
        QualityMethod qualityMethod,
        LabelQualityScore labelQualityScore,
        boolean adjustPredictions,
        boolean calibratePredictions,
        GoldUse gold,
        int goldMinimum,
        boolean keepsPosterior,
        Supplements supplements,
        int threads,
        int blockSize) {

    private static final int DEFAULT_BLOCK_SIZE = 4096;

    /**
     * Checks the settings.
     *
     * @throws IllegalArgumentException if there is no consensus method or one twice, predictions are to be adjusted
     *     with confidence_weighted_entropy, or a number is less than 1
     */
    public Options {
        consensusMethods = List.copyOf(consensusMethods);
        requireNonNull(qualityMethod, "qualityMethod");
        requireNonNull(labelQualityScore, "labelQualityScore");
        requireNonNull(gold, "gold");
        requireNonNull(supplements, "supplements");
        if (consensusMethods.isEmpty()) {
            throw new IllegalArgumentException("consensusMethods is empty; name at least one");
        }
        if (EnumSet.copyOf(consensusMethods).size() < consensusMethods.size()) {
            throw new IllegalArgumentException("consensusMethods names a method twice: " + consensusMethods);
        }
        if (adjustPredictions && labelQualityScore == LabelQualityScore.CONFIDENCE_WEIGHTED_ENTROPY) {
            throw new IllegalArgumentException(
                    "adjustPredictions does not go with confidence_weighted_entropy; leave it"
                            + " out or choose self_confidence or normalized_margin");
        }
        if (supplements.needCommittee() && consensusMethods.get(0) != ConsensusMethod.COMMITTEE) {
            throw new IllegalArgumentException("a rule when to stop and soft labels need the committee as the published"
                    + " consensus, but that is " + consensusMethods.get(0).sqlName());
        }
        if (gold == GoldUse.ANCHOR && consensusMethods.get(0) != ConsensusMethod.COMMITTEE) {
            throw new IllegalArgumentException("gold corrects the committee's consensus only, but the published one is "
                    + consensusMethods.get(0).sqlName());
        }
        if (goldMinimum < 1) {
            throw new IllegalArgumentException("goldMinimum is " + goldMinimum + "; it must be at least 1");
        }
        if (threads < 1) {
            throw new IllegalArgumentException("threads is " + threads + "; it must be at least 1");
        }
        if (blockSize < 1) {
            throw new IllegalArgumentException("blockSize is " + blockSize + "; it must be at least 1");
        }
    }

    /**
     * Checks the settings of an analysis without gold that keeps no posterior.
     *
     * @param consensusMethods at least one, none twice
     * @param qualityMethod how quality is estimated
     * @param labelQualityScore how the quality of a label follows from the posterior
     * @param adjustPredictions whether the posterior is first corrected
     * @param calibratePredictions whether the models' probabilities are first calibrated
     * @param threads number of threads, at least 1
     * @param blockSize examples a thread takes at a time, at least 1
     * @throws IllegalArgumentException as the other constructor
     */
    public Options(
            List<ConsensusMethod> consensusMethods,
            QualityMethod qualityMethod,
            LabelQualityScore labelQualityScore,
            boolean adjustPredictions,
            boolean calibratePredictions,
            int threads,
            int blockSize) {
        this(
                consensusMethods,
                qualityMethod,
                labelQualityScore,
                adjustPredictions,
                calibratePredictions,
                GoldUse.NONE,
                GoldCorrection.DEFAULT_MINIMUM,
                false,
                Supplements.NONE,
                threads,
                blockSize);
    }

    /**
     * Returns CROWDLAB with its best-quality consensus and self-confidence as score, predictions taken as they are, on
     * every processor, in blocks of 4,096 examples.
     */
    public static Options defaults() {
        return new Options(
                List.of(ConsensusMethod.BEST_QUALITY),
                QualityMethod.CROWDLAB,
                LabelQualityScore.SELF_CONFIDENCE,
                false,
                false,
                Runtime.getRuntime().availableProcessors(),
                DEFAULT_BLOCK_SIZE);
    }

    /**
     * Returns these options with other consensus methods.
     *
     * @param published the method whose consensus is published
     * @param alternatives further methods, in the order of {@link Analysis#alternatives}
     * @throws IllegalArgumentException if a method is named twice
     */
    public Options withConsensus(ConsensusMethod published, ConsensusMethod... alternatives) {
        List<ConsensusMethod> methods = new ArrayList<>(List.of(published));
        methods.addAll(List.of(alternatives));
        return new Options(
                methods,
                qualityMethod,
                labelQualityScore,
                adjustPredictions,
                calibratePredictions,
                gold,
                goldMinimum,
                keepsPosterior,
                supplements,
                threads,
                blockSize);
    }

    /** Returns these options with another quality method. */
    public Options withQuality(QualityMethod method) {
        return new Options(
                consensusMethods,
                method,
                labelQualityScore,
                adjustPredictions,
                calibratePredictions,
                gold,
                goldMinimum,
                keepsPosterior,
                supplements,
                threads,
                blockSize);
    }

    /**
     * Returns these options with another score.
     *
     * @param score how the quality of a label follows from the posterior
     * @param adjusted whether the posterior is first corrected for how confident it is of each class
     * @throws IllegalArgumentException if confidence_weighted_entropy is to be adjusted
     */
    public Options withScore(LabelQualityScore score, boolean adjusted) {
        return new Options(
                consensusMethods,
                qualityMethod,
                score,
                adjusted,
                calibratePredictions,
                gold,
                goldMinimum,
                keepsPosterior,
                supplements,
                threads,
                blockSize);
    }

    /** Returns these options with predictions calibrated or not. */
    public Options withCalibration(boolean calibrated) {
        return new Options(
                consensusMethods,
                qualityMethod,
                labelQualityScore,
                adjustPredictions,
                calibrated,
                gold,
                goldMinimum,
                keepsPosterior,
                supplements,
                threads,
                blockSize);
    }

    /** Returns these options with another use of gold. */
    public Options withGold(GoldUse use) {
        return new Options(
                consensusMethods,
                qualityMethod,
                labelQualityScore,
                adjustPredictions,
                calibratePredictions,
                use,
                goldMinimum,
                keepsPosterior,
                supplements,
                threads,
                blockSize);
    }

    /**
     * Returns these options with gold that corrects the consensus.
     *
     * @param minimum gold labels from which on labels may change
     * @throws IllegalArgumentException if the published consensus is not the committee's, or the number is less than 1
     */
    public Options withCorrection(int minimum) {
        return new Options(
                consensusMethods,
                qualityMethod,
                labelQualityScore,
                adjustPredictions,
                calibratePredictions,
                GoldUse.ANCHOR,
                minimum,
                keepsPosterior,
                supplements,
                threads,
                blockSize);
    }

    /** Returns these options with the posterior of every example kept or not. */
    public Options withPosterior(boolean kept) {
        return new Options(
                consensusMethods,
                qualityMethod,
                labelQualityScore,
                adjustPredictions,
                calibratePredictions,
                gold,
                goldMinimum,
                kept,
                supplements,
                threads,
                blockSize);
    }

    /** Returns these options with other things wanted beside the consensus. */
    public Options withSupplements(Supplements wanted) {
        return new Options(
                consensusMethods,
                qualityMethod,
                labelQualityScore,
                adjustPredictions,
                calibratePredictions,
                gold,
                goldMinimum,
                keepsPosterior,
                wanted,
                threads,
                blockSize);
    }

    /**
     * Returns these options with other numbers of threads and examples; no result depends on them.
     *
     * @param threadCount number of threads
     * @param examples how many a thread takes at a time
     * @throws IllegalArgumentException if a number is less than 1
     */
    public Options withThreads(int threadCount, int examples) {
        return new Options(
                consensusMethods,
                qualityMethod,
                labelQualityScore,
                adjustPredictions,
                calibratePredictions,
                gold,
                goldMinimum,
                keepsPosterior,
                supplements,
                threadCount,
                examples);
    }
}
