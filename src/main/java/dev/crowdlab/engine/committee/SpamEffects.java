package dev.crowdlab.engine.committee;

/** Either right or giving labels by habit. */
final class SpamEffects implements AnnotatorEffects {

    private static final double MIN_RATE = 1e-3;
    private static final double MAX_RATE = 0.98;
    private static final double MIN = 1e-4;

    /** [annotators] the share of labels given by habit. */
    private final double[] rates;

    private SpamEffects(double[] rates) {
        this.rates = rates;
    }

    /** Returns the effects that the sums over cells show. */
    static SpamEffects of(CommitteeInput input, Sums sums) {
        return new SpamEffects(rates(input, sums));
    }

    /** Returns [annotators] the share of labels given by habit. */
    private static double[] rates(CommitteeInput input, Sums sums) {
        CellLayout layout = input.layout;
        double[] accuracies = CoinEffects.accuracies(input, sums);
        double[] shares = sums.byClass(layout);
        double total = 0;
        for (double share : shares) {
            total += share;
        }
        double weightedShare = 0;
        for (int label = 0; label < shares.length; label++) {
            shares[label] /= total;
            weightedShare += input.shares()[label] * shares[label];
        }
        double[] rates = new double[accuracies.length];
        for (int annotator = 0; annotator < rates.length; annotator++) {
            double byHabit = CommitteeInput.SHRINKAGE * input.weightedHabit(annotator, shares, weightedShare);
            for (int row = layout.firstRow(annotator); row < layout.firstRow(annotator + 1); row++) {
                byHabit += sums.rowSum(row) * input.rowHabits[row];
            }
            byHabit /= input.labelCounts[annotator] + CommitteeInput.SHRINKAGE;
            double rate = (1 - accuracies[annotator]) / Math.max(1 - byHabit, MIN_RATE);
            rates[annotator] = Math.max(MIN_RATE, Math.min(MAX_RATE, rate));
        }
        return rates;
    }

    @Override
    public double expected(int annotator, int label, boolean isHit, double miss, double habit) {
        double rate = rates[annotator];
        return Math.max(MIN, rate * habit + (isHit ? 1 - rate : 0));
    }

    @Override
    public double expectedElsewhere(int annotator, double miss, double habit) {
        return Math.max(MIN, rates[annotator] * habit);
    }
}
