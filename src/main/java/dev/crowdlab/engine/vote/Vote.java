package dev.crowdlab.engine.vote;

import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.PassRunner;

/** The counts of the first two passes, and how far annotators agree with each other. */
public record Vote(Votes counts, MutualAgreement mutualAgreement) {

    /** Takes the votes of all examples, and writes {@link Column#MAJORITY}. */
    public static Vote of(PassRunner passes) {
        Votes counts = passes.run("votes", new VotePass());
        counts.majority.add(passes.run("ties", new TiePass(counts)));
        return new Vote(counts, new MutualAgreement(counts));
    }

    public boolean isSingleAnnotationOnly() {
        return counts.multiExampleCount() == 0;
    }
}
