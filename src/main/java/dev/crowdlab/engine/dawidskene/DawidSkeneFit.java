package dev.crowdlab.engine.dawidskene;

import dev.crowdlab.engine.DawidSkene;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.PassRunner;
import dev.crowdlab.engine.pass.UnusableInputException;
import dev.crowdlab.engine.vote.Votes;
import java.util.Locale;

/** The work of {@link DawidSkene} on the data set of a runner. */
public final class DawidSkeneFit {

    /** The most cells of all matrices: 400 MB. */
    private static final long MAX_CELLS = 50_000_000;

    private static final int MAX_ROUNDS = 500;
    private static final double TOLERANCE = 1e-7;

    private DawidSkeneFit() {}

    /**
     * Finds the parameters. Writes nothing.
     *
     * @param votes of all examples
     */
    public static DawidSkeneEstimates of(PassRunner passes, Votes votes) {
        Dimensions dimensions = passes.dimensions();
        int answerKinds = votes.answerKindCount();
        long answerCount = dimensions.annotationCount() + votes.abstentionCount();
        checkSize(dimensions, answerKinds);
        DawidSkeneModel model =
                new DawidSkeneModel(passes.run("dawidSkeneVotes", new DawidSkenePass(answerKinds, null)));
        double before = Double.NEGATIVE_INFINITY;
        for (int round = 1; ; round++) {
            DawidSkeneCounts counts = passes.run("dawidSkene", new DawidSkenePass(answerKinds, model));
            model = new DawidSkeneModel(counts);
            double logLikelihood = counts.logLikelihood() / answerCount;
            boolean isConverged = Math.abs(logLikelihood - before) < TOLERANCE;
            if (isConverged || round == MAX_ROUNDS) {
                return new DawidSkeneEstimates(model, logLikelihood, round, isConverged);
            }
            before = logLikelihood;
        }
    }

    private static void checkSize(Dimensions dimensions, int answerKinds) {
        long pairs = (long) answerKinds * dimensions.classCount();
        if (pairs * dimensions.annotatorCount() > MAX_CELLS) {
            throw new UnusableInputException(String.format(
                    Locale.ROOT,
                    "Dawid and Skene's method keeps a matrix of %d × %d classes for each of %d annotators, %d numbers in"
                            + " all; at most %d are taken. Choose another consensus method.",
                    dimensions.classCount(),
                    answerKinds,
                    dimensions.annotatorCount(),
                    pairs * dimensions.annotatorCount(),
                    MAX_CELLS));
        }
    }
}
