package dev.crowdlab.engine;

import dev.crowdlab.engine.gold.GoldPass;
import dev.crowdlab.engine.gold.GoldUse;
import dev.crowdlab.engine.pass.PassRunner;
import dev.crowdlab.engine.vote.Vote;
import java.util.Optional;

/** Finds what gold says of labels, and what is wanted beside them. Used by one thread. */
final class GoldMeasurer {

    private final PassRunner passes;
    private final Options options;
    private final SupplementFinder supplements;

    GoldMeasurer(PassRunner passes, Options options) {
        this.passes = passes;
        this.options = options;
        supplements = new SupplementFinder(passes, options);
    }

    /** What gold says, if there is any, and what was wanted beside. */
    record Measured(Optional<GoldStatistics> gold, SupplementFinder.Found supplements) {}

    /**
     * Measures the labels that are in the columns.
     *
     * @param isFixed whether those of examples with gold are gold itself, whatever they were before
     */
    Measured measure(Vote vote, boolean isFixed) {
        Optional<GoldStatistics> gold = options.gold() == GoldUse.NONE
                ? Optional.empty()
                : Optional.of(
                        new GoldStatistics(passes.run("gold", new GoldPass(options.consensusMethods())), isFixed));
        return new Measured(gold, supplements.find(vote.isSingleAnnotationOnly(), isFixed));
    }

    /**
     * Decides anew what examples need, once gold has decided labels; everything else stays as measured before.
     *
     * @param areMeasured see {@link SupplementFinder#afterGold}
     */
    Measured afterGold(Measured before, Vote vote, boolean areMeasured) {
        return new Measured(
                before.gold(), supplements.afterGold(before.supplements(), vote.isSingleAnnotationOnly(), areMeasured));
    }
}
