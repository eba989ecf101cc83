package dev.crowdlab.engine;

import dev.crowdlab.engine.annotator.AnnotationCountPass;
import dev.crowdlab.engine.annotator.AnnotationScorePass;
import dev.crowdlab.engine.annotator.Confusion;
import dev.crowdlab.engine.annotator.ConfusionLayout;
import dev.crowdlab.engine.annotator.ModelLabelPass;
import dev.crowdlab.engine.annotator.TiedQualityPass;
import dev.crowdlab.engine.annotator.WorstClasses;
import dev.crowdlab.engine.committee.CommitteeEstimates;
import dev.crowdlab.engine.correction.GoldCorrection;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.ConsensusLabels;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.Pass;
import dev.crowdlab.engine.pass.PhaseEvent;
import dev.crowdlab.engine.quality.ConfidenceAdjustment;
import dev.crowdlab.engine.quality.ConfidencePass;
import dev.crowdlab.engine.quality.LabelScoring;
import dev.crowdlab.engine.quality.Posterior;
import dev.crowdlab.engine.quality.ScorePass;
import dev.crowdlab.engine.review.ConsensusReview;
import dev.crowdlab.engine.review.Echoes;
import dev.crowdlab.engine.review.ReviewPass;
import dev.crowdlab.engine.review.VoteComparison;
import dev.crowdlab.engine.vote.Vote;
import java.util.Arrays;
import java.util.Optional;

/**
 * Scores the consensus of a method, and for the published one also every annotation and annotator. Used by one thread.
 */
final class ConsensusScorer {

    private final AnalysisRunner passes;
    private final Dimensions dimensions;
    private final Options options;

    ConsensusScorer(AnalysisRunner passes, Options options) {
        this.passes = passes;
        this.dimensions = passes.dimensions();
        this.options = options;
    }

    /** Writes the qualities of the labels and annotations, and returns what refers to the published consensus. */
    Estimates.Published publish(ConsensusMethod method, ConsensusChoice choice, Vote vote) {
        ConfusionLayout layout =
                new ConfusionLayout(vote.counts(), dimensions.classCount(), passes.countsConfusionApart());
        AnnotationScorePass.Scores scores = passes.run("annotationScores", annotationScores(method, choice, layout));
        Confusion confusion = PhaseEvent.measure(
                "confusion", dimensions, () -> passes.confusion(layout, scores.confusion, Column.consensus(method)));
        WorstClasses classes =
                PhaseEvent.measure("worstClasses", dimensions, () -> new WorstClasses(confusion.summary()));
        TiedQualityPass.Qualities tied = classes.areTied()
                ? passes.run("tiedClasses", new TiedQualityPass(classes, Column.quality(method)))
                : new TiedQualityPass.Qualities(classes);
        AnnotatorStatistics annotators = PhaseEvent.measure(
                        "annotatorStatistics",
                        dimensions,
                        () -> new AnnotatorStatistics(vote, choice, scores, classes, tied))
                .withModels(modelAgreements(vote));
        Estimates.Scored scored = new Estimates.Scored(method, scores.consensusQuality.mean(), choice);
        return new Estimates.Published(scored, choice.weights(), annotators, confusion);
    }

    /** Returns the pass that scores the labels, or that counts the scores if they are there. */
    private Pass<AnnotationScorePass.Scores> annotationScores(
            ConsensusMethod method, ConsensusChoice choice, ConfusionLayout layout) {
        return choice.posterior()
                .<Pass<AnnotationScorePass.Scores>>map(
                        posterior -> new AnnotationScorePass(scorePass(method, posterior), layout))
                .orElseGet(() -> new AnnotationCountPass(method, layout));
    }

    /** Returns [annotators] the share of labels equal to the models'; empty without models. */
    private double[] modelAgreements(Vote vote) {
        if (dimensions.modelCount() == 0) {
            return new double[0];
        }
        long[] equal = passes.run("modelLabels", new ModelLabelPass()).labels;
        double[] agreements = new double[equal.length];
        Arrays.setAll(
                agreements,
                annotator -> (double) equal[annotator] / vote.counts().labelCount(annotator));
        return agreements;
    }

    /** Writes the quality of the labels. */
    Estimates.Scored score(ConsensusMethod method, ConsensusChoice choice) {
        double quality = choice.committee().map(CommitteeEstimates::meanQuality).orElseGet(() -> passes.run(
                        "consensusScores", scorePass(method, choice.posterior().orElseThrow()))
                .mean());
        return new Estimates.Scored(method, quality, choice);
    }

    private ScorePass scorePass(ConsensusMethod method, Posterior posterior) {
        Column<ConsensusLabels> consensus = Column.consensus(method);
        ConfidenceAdjustment adjustment = options.adjustPredictions()
                ? new ConfidenceAdjustment(passes.run("confidence", new ConfidencePass(posterior, consensus)))
                : null;
        LabelScoring scoring = new LabelScoring(posterior, options.labelQualityScore(), adjustment);
        return new ScorePass(scoring, consensus, Column.quality(method));
    }

    /**
     * Compares the published consensus with the votes, and annotators with each other.
     *
     * @param measured what gold says of the consensus
     * @param correction what it made of it
     */
    Estimates.Compared compare(Vote vote, GoldMeasurer.Measured measured, Optional<GoldCorrection> correction) {
        VoteComparison reviewed = passes.run("review", new ReviewPass(options.consensusMethods()));
        ConsensusReview review =
                new ConsensusReview(vote.counts(), reviewed, Echoes.of(passes, vote.counts(), reviewed));
        return new Estimates.Compared(
                review,
                Agreement.of(passes, vote.counts(), options.supplements().scale()),
                measured.gold(),
                measured.supplements(),
                correction);
    }
}
