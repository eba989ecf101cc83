package dev.crowdlab.engine;

import dev.crowdlab.engine.committee.CommitteeConsensusPass;
import dev.crowdlab.engine.committee.CommitteeCorrectionPass;
import dev.crowdlab.engine.committee.CommitteeEstimates;
import dev.crowdlab.engine.correction.CorrectedPosterior;
import dev.crowdlab.engine.correction.GoldCorrection;
import dev.crowdlab.engine.correction.GoldExamplePass;
import dev.crowdlab.engine.correction.GoldExamples;
import dev.crowdlab.engine.correction.GoldSource;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.PassRunner;
import dev.crowdlab.engine.pass.PhaseEvent;
import dev.crowdlab.engine.pass.UnusableInputException;
import dev.crowdlab.engine.quality.PublishedPosterior;
import dev.crowdlab.engine.quality.Weights;
import dev.crowdlab.engine.vote.Votes;
import java.util.Optional;

/** Corrects the committee's consensus by gold, see {@link GoldCorrection}. Used by one thread. */
final class ConsensusCorrector {

    private final PassRunner passes;
    private final Options options;
    private final GoldSource source;

    ConsensusCorrector(PassRunner passes, Options options, GoldSource source) {
        this.passes = passes;
        this.options = options;
        this.source = source;
    }

    /** The consensus that is in the columns now, and what it was corrected by. */
    record Corrected(ConsensusChoice choice, GoldCorrection correction) {}

    /** Refuses a data set whose consensus cannot be corrected. */
    static void checkDimensions(Dimensions dimensions) {
        if (dimensions.classCount() > GoldCorrection.MAX_CLASSES) {
            throw new UnusableInputException("There are " + dimensions.classCount() + " classes, and gold corrects the"
                    + " labels of at most " + GoldCorrection.MAX_CLASSES
                    + "; choose use-gold: true, which fixes the labels of the gold examples alone.");
        }
    }

    /** Learns from gold, and writes the labels and qualities that follow. */
    Corrected correct(ConsensusChoice choice, Votes votes) {
        CommitteeEstimates committee = choice.committee().orElseThrow();
        PublishedPosterior open = committee.openPosterior().orElseThrow();
        GoldExamples gold =
                passes.run("goldExamples", new GoldExamplePass(ConsensusMethod.COMMITTEE, open, source.voters()));
        gold.add(source.others());
        Dimensions dimensions = passes.dimensions();
        GoldCorrection.Size size = new GoldCorrection.Size(
                dimensions.exampleCount() + source.otherCount(),
                dimensions.classCount(),
                source.voters().count(dimensions));
        GoldCorrection correction = PhaseEvent.measure(
                "goldCorrection", dimensions, () -> GoldCorrection.of(gold.inOrder(), size, options.goldMinimum()));
        CorrectedPosterior posterior = new CorrectedPosterior(
                correction, ConsensusMethod.COMMITTEE, committee.posterior().orElseThrow(), open, source.voters());
        boolean isKept = options.keepsPosterior() || options.supplements().softLabels();
        CommitteeConsensusPass.Result result =
                passes.run("correctLabels", new CommitteeCorrectionPass(posterior, isKept));
        Optional<PublishedPosterior> published =
                options.keepsPosterior() ? Optional.of(new PublishedPosterior(posterior)) : Optional.empty();
        CommitteeEstimates corrected = committee.corrected(result, votes, published);
        double likelihood = corrected.statistics().likelihood();
        return new Corrected(ConsensusChoice.of(Weights.undefined(likelihood, dimensions), corrected), correction);
    }
}
