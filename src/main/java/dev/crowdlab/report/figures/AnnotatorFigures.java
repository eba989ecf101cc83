package dev.crowdlab.report.figures;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The annotators of a run.
 *
 * @param count how many there are
 * @param middle the median quality of those with {@value #ENOUGH} labels or more; NaN: they are fewer than {@value
 *     #FEWEST}
 * @param goldMiddle the median share of right labels of those with {@value #ENOUGH} gold labels or more, by which these
 *     are compared; NaN: they are fewer than {@value #FEWEST}
 * @param groups annotators and labels by group
 * @param rows those of the table, in its order, at most {@value #MAX_ROWS}
 * @param dots those of the picture, most labels first, at most {@value #MAX_DOTS}
 * @param runs the numbers of the runs that the rows' histories are of
 */
public record AnnotatorFigures(
        long count,
        double middle,
        double goldMiddle,
        Map<Group, Size> groups,
        List<Row> rows,
        List<Dot> dots,
        List<Long> runs) {

    /** With fewer labels it is too early to say anything of an annotator. */
    public static final int ENOUGH = 20;

    /** With fewer annotators who have enough labels there is no middle of a team. */
    public static final int FEWEST = 5;

    public static final int MAX_ROWS = 300;
    public static final int MAX_DOTS = 1_000;

    /** How many runs the small line of a row shows. */
    public static final int MAX_RUNS = 12;

    /** The position of an annotator relative to the others; in the order of the table. */
    public enum Group {
        /** Agrees less with the consensus in the last periods than before. */
        DRIFTING,
        /** Gives one class nearly always, whatever the example is. */
        ONE_CLASS,
        /** The whole interval lies below the middle. */
        BELOW,
        IN_LINE,
        /** The whole interval lies above the middle. */
        ABOVE,
        /** Too few labels to say, or no quality. */
        FEW;

        /** Whether the annotators of it are compared with the middle, and nothing else is to say of them. */
        public boolean isCompared() {
            return this == BELOW || this == IN_LINE || this == ABOVE;
        }

        /** Whether one should talk to them. */
        public boolean isToTalkTo() {
            return this == DRIFTING || this == ONE_CLASS || this == BELOW;
        }
    }

    /** How many annotators a group has, and how many labels they gave. */
    public record Size(long annotators, long labels) {}

    /** The annotators and labels of a group. */
    public Size size(Group group) {
        return groups.getOrDefault(group, new Size(0, 0));
    }

    /** How many annotators are compared with the middle. */
    public long judged() {
        return groups.entrySet().stream()
                .filter(group -> group.getKey().isCompared())
                .mapToLong(group -> group.getValue().annotators())
                .sum();
    }

    /**
     * How many of them would be clearly below the middle if they all were equally good: a 90 % interval misses on
     * either side.
     */
    public long belowByChance() {
        return Math.round(judged() / 20.0);
    }

    /** Whether an annotator is compared by gold: there is enough of it, of the annotator and of others. */
    public boolean isByGold(Row row) {
        return !Double.isNaN(goldMiddle) && row.gold().labels() >= ENOUGH;
    }

    /** How many annotators of the table are compared by gold. */
    public long byGold() {
        return rows.stream()
                .filter(row -> row.group().isCompared() && isByGold(row))
                .count();
    }

    /** Whether there is a middle to be below or above. */
    public boolean hasMiddle() {
        return !Double.isNaN(middle);
    }

    /** Groups of no annotators but those given. */
    public static Map<Group, Size> groups(Map<Group, Size> given) {
        Map<Group, Size> all = new EnumMap<>(Group.class);
        for (Group group : Group.values()) {
            all.put(group, given.getOrDefault(group, new Size(0, 0)));
        }
        return all;
    }

    /**
     * An annotator in the table. Scores are from 0 to 1, NaN where unknown.
     *
     * @param id the annotator
     * @param group the annotator's position relative to the others
     * @param quality the quality, with the 90 % interval lower to upper
     * @param reason why there is no quality; empty: there is one
     * @param labels number of labels given
     * @param withOthers agreement with others
     * @param isImputed whether that is the mean of the others, for want of common examples
     * @param withConsensus agreement with the consensus
     * @param withModel agreement with the models
     * @param gold how often labels equal gold
     * @param habits what is known only with further settings
     * @param weight weight in the consensus; NaN: there are no weights
     * @param isLeast whether that is the minimum weight
     * @param mixUp the most frequent mix-up; empty: none
     * @param history quality in the runs that {@link AnnotatorFigures#runs} names; NaN: unknown there
     * @param first when the annotator gave a label first; empty: unknown
     * @param last when last; empty: unknown
     */
    // more components: one for each column of annotator_stats
    public record Row(
            String id,
            Group group,
            Interval quality,
            String reason,
            long labels,
            double withOthers,
            boolean isImputed,
            double withConsensus,
            double withModel,
            Gold gold,
            Habits habits,
            double weight,
            boolean isLeast,
            Optional<MixUp> mixUp,
            List<Double> history,
            Optional<Instant> first,
            Optional<Instant> last) {}

    /**
     * How often an annotator's labels equal gold.
     *
     * @param accuracy the share that does, with its 90 % interval; NaN: there are none
     * @param labels of how many
     */
    public record Gold(Interval accuracy, long labels) {}

    /**
     * How an annotator answers.
     *
     * @param signedDifference by how much the labels are above the consensus on average; NaN without scale
     * @param abstained how many answers abstain; -1 where nobody may
     * @param selfAgreement how often a label of an example labeled before is the same; NaN if that is not known
     */
    public record Habits(Interval signedDifference, long abstained, Interval selfAgreement) {

        /** Nothing is known. */
        public static final Habits NONE = new Habits(Interval.NONE, -1, Interval.NONE);
    }

    /** A value with its interval; all NaN where there is none. */
    public record Interval(double value, double lower, double upper) {

        /** There is none. */
        public static final Interval NONE = new Interval(Double.NaN, Double.NaN, Double.NaN);
    }

    /** A number of labels given for a class of the consensus that is another one. */
    public record MixUp(String given, String consensus, long count) {}

    /** An annotator in the picture. */
    public record Dot(String id, long labels, double quality, Group group) {}
}
