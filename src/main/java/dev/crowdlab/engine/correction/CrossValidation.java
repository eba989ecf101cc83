package dev.crowdlab.engine.correction;

import dev.crowdlab.engine.numeric.Logarithm;
import dev.crowdlab.engine.pass.NotThreadSafe;
import java.util.ArrayList;
import java.util.List;

/** Cross-validation of all strengths, the consensus itself being the last: see {@link GoldCorrection}. One thread. */
@NotThreadSafe
final class CrossValidation {

    static final double[] STRENGTHS = {1, 4, 16, 64};
    private static final int FOLDS = 10;
    private static final double FLOOR = 1e-3;
    private static final double GUARD = 1.645;

    private final Features features;
    private final List<GoldExample> gold;
    private final Features.Row[] rows;
    private final double[][] scores;
    private final boolean[][] isRight;
    private int chosen = STRENGTHS.length;
    private int wins;
    private int losses;

    CrossValidation(Features features, List<GoldExample> gold) {
        this.features = features;
        this.gold = gold;
        rows = gold.stream().map(features::row).toArray(Features.Row[]::new);
        scores = new double[STRENGTHS.length + 1][gold.size()];
        isRight = new boolean[STRENGTHS.length + 1][gold.size()];
        for (int row = 0; row < rows.length; row++) {
            isRight[STRENGTHS.length][row] =
                    gold.get(row).label() == gold.get(row).truth();
        }
    }

    void run() {
        for (int fold = 0; fold < FOLDS; fold++) {
            runFold(fold);
        }
        chosen = choose();
        for (int row = 0; row < rows.length && chosen < STRENGTHS.length; row++) {
            wins += isRight[chosen][row] && !isRight[STRENGTHS.length][row] ? 1 : 0;
            losses += !isRight[chosen][row] && isRight[STRENGTHS.length][row] ? 1 : 0;
        }
    }

    boolean isAdopted() {
        return chosen < STRENGTHS.length && wins - losses >= Math.max(2, GUARD * Math.sqrt((double) wins + losses));
    }

    /** Returns the weights of the strength chosen, fitted to all gold. */
    double[] fit() {
        return new ConditionalLogit(features, rows, truths(gold), STRENGTHS[chosen]).fit(start());
    }

    /** Returns the strength of the ridge; infinite if labels do not change. */
    double strength() {
        return isAdopted() ? STRENGTHS[chosen] : Double.POSITIVE_INFINITY;
    }

    int wins() {
        return wins;
    }

    int losses() {
        return losses;
    }

    /** Returns how many gold examples the published labels have right, out of fold. */
    int hits() {
        int hits = 0;
        for (boolean hit : isRight[isAdopted() ? chosen : STRENGTHS.length]) {
            hits += hit ? 1 : 0;
        }
        return hits;
    }

    private double[] start() {
        double[] start = new double[features.count()];
        start[0] = Features.SLOPE;
        return start;
    }

    private static int[] truths(List<GoldExample> examples) {
        return examples.stream().mapToInt(GoldExample::truth).toArray();
    }

    private void runFold(int fold) {
        List<GoldExample> training = new ArrayList<>();
        List<Features.Row> kept = new ArrayList<>();
        for (int row = 0; row < rows.length; row++) {
            if (row % FOLDS != fold) {
                training.add(gold.get(row));
                kept.add(rows[row]);
            }
        }
        Rescaling rescaling = Rescaling.of(training);
        for (int row = fold; row < rows.length; row += FOLDS) {
            scores[STRENGTHS.length][row] = score(rescaling.probability(gold.get(row)));
        }
        double[] w = start();
        double[] probabilities = new double[features.classCount];
        for (int place = 0; place < STRENGTHS.length; place++) {
            w = new ConditionalLogit(features, kept.toArray(Features.Row[]::new), truths(training), STRENGTHS[place])
                    .fit(w);
            for (int row = fold; row < rows.length; row += FOLDS) {
                ConditionalLogit.softmax(probabilities, rows[row].score(w, probabilities));
                int truth = gold.get(row).truth();
                scores[place][row] = score(probabilities[truth]);
                isRight[place][row] = GoldCorrection.top(probabilities) == truth;
            }
        }
    }

    private static double score(double probability) {
        return Logarithm.of(Math.max(FLOOR, probability));
    }

    private int choose() {
        int best = 0;
        for (int place = 1; place <= STRENGTHS.length; place++) {
            best = mean(scores[place]) > mean(scores[best]) ? place : best;
        }
        for (int place = STRENGTHS.length; place > best; place--) {
            double[] differences = new double[rows.length];
            for (int row = 0; row < rows.length; row++) {
                differences[row] = scores[best][row] - scores[place][row];
            }
            double mean = mean(differences);
            double squares = 0;
            for (double difference : differences) {
                squares += (difference - mean) * (difference - mean);
            }
            if (mean <= Math.sqrt(squares / (rows.length - 1)) / Math.sqrt(rows.length)) {
                return place;
            }
        }
        return best;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
