package dev.crowdlab.results.period;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.engine.Analysis;
import dev.crowdlab.engine.Crowdlab;
import dev.crowdlab.engine.Options;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Predictions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** How often a drift is seen where there is one and where there is none, by simulation. */
class AgreementDropTest {

    private static final double MAX_FALSE_ALARMS = 0.003;
    private static final double MIN_FOUND = 0.9;
    private static final Offset<Double> NEARLY = Offset.offset(1e-12);

    private final SplittableRandom random = new SplittableRandom(20_260_105);

    @Test
    void theLastTwoPeriodsAreComparedWithTheEightBefore() {
        long[] counts = {500, 10, 10, 10, 10, 10, 10, 10, 10, 10, 5, 15};
        long[] agreeing = {0, 2, 8, 8, 8, 8, 9, 9, 9, 9, 4, 4};
        assertThat(new AgreementDrop(counts, agreeing, 0, 11).size()).isCloseTo(68 / 80.0 - 8 / 20.0, NEARLY);
        assertThat(new AgreementDrop(counts, agreeing, 1, 3).size()).isCloseTo(0.2 - 0.8, NEARLY);
        assertThat(new AgreementDrop(counts, agreeing, 1, 4).size()).isCloseTo(0.5 - 0.8, NEARLY);
    }

    @Test
    void thereIsNoDropWithoutEarlierPeriods() {
        for (int last = 0; last < AgreementDrop.RECENT_PERIODS; last++) {
            AgreementDrop drop = new AgreementDrop(new long[] {50, 50}, new long[] {50, 0}, 0, last);
            assertThat(drop.size()).isNaN();
            assertThat(drop.isDrift()).isFalse();
        }
    }

    @Test
    void fewLabelsAreNoDrift() {
        assertThat(dropToNothing(20, 5).isDrift()).isTrue();
        assertThat(dropToNothing(19, 5).isDrift()).isFalse();
        assertThat(dropToNothing(20, 4).isDrift()).isFalse();
    }

    private static AgreementDrop dropToNothing(long earlier, long eachRecent) {
        return new AgreementDrop(new long[] {earlier, eachRecent, eachRecent}, new long[] {earlier, 0, 0}, 0, 2);
    }

    @Test
    void aRiseIsNoDrift() {
        assertThat(new AgreementDrop(new long[] {90, 90, 90}, new long[] {0, 90, 90}, 0, 2).isDrift())
                .isFalse();
    }

    @Test
    void anAnnotatorWhoHasNotChangedIsHardlyEverFlagged() {
        Map<String, Double> shares = new TreeMap<>();
        for (double skill : new double[] {0.5, 0.7, 0.8, 0.9, 0.95, 0.98}) {
            for (int labels : new int[] {5, 10, 20, 60}) {
                shares.put(labels + " labels of skill " + skill, falseAlarms(labels, skill));
            }
        }
        assertThat(shares)
                .hasSize(24)
                .allSatisfy((who, share) -> assertThat(share).as(who).isLessThan(MAX_FALSE_ALARMS));
        assertThat(shares.values().stream().mapToDouble(share -> share).sum()).isPositive();
    }

    private double falseAlarms(int labels, double skill) {
        int annotators = 1_000;
        int weeks = 30;
        int alarms = 0;
        for (int annotator = 0; annotator < annotators; annotator++) {
            alarms += flagged(history(labels, weeks, skill, skill, weeks), AgreementDrop.RECENT_PERIODS);
        }
        return alarms / (double) (annotators * (weeks - AgreementDrop.RECENT_PERIODS));
    }

    @Test
    void anAnnotatorWhoTurnsCarelessIsFlaggedWithinTwoWeeks() {
        assertThat(found(20, 0.4)).isGreaterThan(MIN_FOUND);
        assertThat(found(10, 1.0 / 6)).isGreaterThan(MIN_FOUND);
    }

    /** The share of annotators found by the end of their second careless week. */
    private double found(int labels, double careless) {
        int annotators = 1_000;
        int turn = 10;
        int found = 0;
        for (int annotator = 0; annotator < annotators; annotator++) {
            found += flagged(history(labels, turn + 2, 0.85, careless, turn), turn) > 0 ? 1 : 0;
        }
        return found / (double) annotators;
    }

    /** Labels and agreeing labels of weeks, each label right with the same probability until a week, with another from it on. */
    private long[][] history(int labels, int weeks, double before, double after, int turn) {
        long[][] history = new long[2][weeks];
        Arrays.fill(history[0], labels);
        for (int week = 0; week < weeks; week++) {
            for (int label = 0; label < labels; label++) {
                history[1][week] += random.nextDouble() < (week < turn ? before : after) ? 1 : 0;
            }
        }
        return history;
    }

    /** How many weeks are flagged from one on. */
    private static int flagged(long[][] history, int from) {
        int flagged = 0;
        for (int week = from; week < history[0].length; week++) {
            flagged += new AgreementDrop(history[0], history[1], 0, week).isDrift() ? 1 : 0;
        }
        return flagged;
    }

    /**
     * What CROWDLAB makes of the labels of teams: a consensus that errs, and that follows those who drift. In every second team the
     * first annotator labels at random from a week on.
     */
    @Test
    void inATeamTheAnnotatorWhoTurnsRandomIsFoundAndTheOthersAreLeftAlone() {
        int teams = 60;
        int found = 0;
        int alarms = 0;
        int periods = 0;
        for (int team = 0; team < teams; team++) {
            Team labels = new Team();
            long[][][] histories = labels.histories(team % 2 == 0);
            for (int annotator = 0; annotator < Team.ANNOTATORS; annotator++) {
                if (annotator == 0 && team % 2 == 0) {
                    found += flagged(histories[annotator], Team.TURN) > 0 ? 1 : 0;
                } else {
                    alarms += flagged(histories[annotator], AgreementDrop.RECENT_PERIODS);
                    periods += Team.WEEKS - AgreementDrop.RECENT_PERIODS;
                }
            }
        }
        assertThat(found / (teams / 2.0)).isGreaterThan(MIN_FOUND);
        assertThat(alarms / (double) periods).isLessThan(MAX_FALSE_ALARMS);
    }

    /** Annotators right in 7 to 9 of 10 cases, each example labeled by two or three of them, and a model right in 8 of 10. */
    private final class Team {

        static final int ANNOTATORS = 14;
        static final int WEEKS = 12;
        static final int TURN = 10;

        private static final int CLASSES = 6;
        private static final int EXAMPLES_PER_WEEK = 112;

        private final double[] skills = random.doubles(ANNOTATORS, 0.7, 0.9).toArray();
        private final List<int[]> rows = new ArrayList<>();
        private final double[][] probabilities = new double[WEEKS * EXAMPLES_PER_WEEK][CLASSES];

        /** Labels and agreeing labels, by annotator and week. */
        long[][][] histories(boolean turns) {
            for (int example = 0; example < probabilities.length; example++) {
                label(example, turns && example / EXAMPLES_PER_WEEK >= TURN);
            }
            Annotations annotations = Annotations.of(CLASSES, ANNOTATORS, rows.toArray(int[][]::new));
            Analysis analysis = Crowdlab.analyze(annotations, Predictions.of(probabilities), Options.defaults());
            long[][][] histories = new long[ANNOTATORS][2][WEEKS];
            for (int position = 0; position < annotations.annotationCount(); position++) {
                int example = annotations.example(position);
                long[][] history = histories[annotations.annotator(position)];
                history[0][example / EXAMPLES_PER_WEEK] += 1;
                history[1][example / EXAMPLES_PER_WEEK] +=
                        annotations.label(position) == analysis.published().label(example) ? 1 : 0;
            }
            return histories;
        }

        private void label(int example, boolean isFirstRandom) {
            int truth = random.nextInt(CLASSES);
            int first = random.nextInt(ANNOTATORS);
            int step = 1 + random.nextInt(ANNOTATORS / 2 - 1);
            for (int vote = 0; vote < 2 + random.nextInt(2); vote++) {
                int annotator = (first + vote * step) % ANNOTATORS;
                double skill = annotator == 0 && isFirstRandom ? 1.0 / CLASSES : skills[annotator];
                rows.add(new int[] {example, annotator, drawn(truth, skill)});
            }
            Arrays.fill(probabilities[example], 0.3 / (CLASSES - 1));
            probabilities[example][drawn(truth, 0.8)] = 0.7;
        }

        private int drawn(int truth, double skill) {
            return random.nextDouble() < skill ? truth : (truth + 1 + random.nextInt(CLASSES - 1)) % CLASSES;
        }
    }
}
