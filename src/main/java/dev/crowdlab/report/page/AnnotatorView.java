package dev.crowdlab.report.page;

import dev.crowdlab.report.picture.Sparkline;
import dev.crowdlab.report.picture.Tick;
import dev.crowdlab.report.words.Numbers;
import dev.crowdlab.report.words.Prose;
import dev.crowdlab.report.words.Shown;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The annotators.
 *
 * @param head its beginning
 * @param funnel quality against number of labels; null: too few annotators
 * @param table the table; null: there are no annotators
 * @param pairs who agrees with whom; null: there is nothing to compare
 * @param periods how some developed; null: nothing is known of it
 */
public record AnnotatorView(
        Head head,
        @Nullable Funnel funnel,
        @Nullable Table table,
        @Nullable Pairs pairs,
        @Nullable Periods periods) {

    /**
     * Quality against number of labels, on 600 × 360 pixels.
     *
     * @param title the finding
     * @param description how to read it
     * @param across ticks of the axis of labels
     * @param up ticks of the axis of quality
     * @param middle place of the middle of the team
     * @param middleText its words
     * @param bands the paths of where chance alone leads, the wider one first; empty: that cannot be told
     * @param marks the annotators, those to talk to last
     * @param labels the names of some of them
     * @param reading how to read the picture
     */
    public record Funnel(
            String title,
            String description,
            List<Tick> across,
            List<Tick> up,
            String middle,
            String middleText,
            List<String> bands,
            List<Mark> marks,
            List<Label> labels,
            List<Prose> reading) {}

    /** A mark: its kind (below, drifting, one-class, fine, few) and place; the path of those that are no circles. */
    public record Mark(String kind, String x, String y, String path) {}

    /** A name at a place, in the class of its mark, and a line from there; empty: it stands beside the mark. */
    public record Label(String kind, String x, String y, String anchor, String line, Shown name) {}

    /**
     * The table.
     *
     * @param caption how to read it
     * @param scores headings of the scores that a row has
     * @param columns which of the other columns there are: those in which a row has anything
     * @param barWidth width of a bar
     * @param groups the groups
     * @param more what is left out; empty: nothing
     * @param moreQuery how to get it
     */
    public record Table(
            Prose caption,
            List<String> scores,
            Columns columns,
            int barWidth,
            List<Group> groups,
            Prose more,
            String moreQuery) {

        /** How many columns there are. */
        public int count() {
            return 3 + scores.size() + columns.count();
        }
    }

    /**
     * Columns that a table may have.
     *
     * @param hasGold whether anybody labeled an example whose right label is known
     * @param hasWeight whether there are weights
     * @param hasMixUps whether anybody mixes anything up more than once
     * @param hasTimes whether days are known
     * @param runs how many runs the small lines show; under 2: none
     */
    public record Columns(boolean hasGold, boolean hasWeight, boolean hasMixUps, boolean hasTimes, int runs) {

        /** Whether a column shows small lines over the last runs. */
        public boolean hasRuns() {
            return runs > 1;
        }

        /** Whether the table takes care of its width. */
        public boolean areMany() {
            return hasGold && (hasTimes || hasRuns());
        }

        /** Whether there is room for long ids and classes. */
        public boolean hasRoom() {
            return !hasGold && !hasTimes && !hasRuns();
        }

        /** The number of columns that this table has of those it may have. */
        int count() {
            return (int) Stream.of(hasGold, hasWeight, hasMixUps, hasTimes, hasRuns())
                    .filter(has -> has)
                    .count();
        }
    }

    /**
     * A group.
     *
     * @param name its name
     * @param note what to know about it
     * @param rows its rows
     * @param first how many of them are shown until somebody asks for all, and printed
     * @param isFolded whether the others are hidden until then; else print alone leaves them out
     */
    public record Group(String name, String note, List<Row> rows, int first, boolean isFolded) {

        /** The class of a row. */
        public @Nullable String kind(Row row) {
            return row.place() < first ? null : isFolded ? "screen more-rows" : "screen";
        }

        /** What is printed there instead of the rows that print leaves out; empty: nothing. */
        public String inPrint() {
            return rows.size() <= first ? "" : "the file has " + Numbers.count(rows.size());
        }
    }

    /**
     * A row of the table.
     *
     * @param place from 0 in its group
     * @param id the annotator
     * @param title the whole id, where a cell leaves some of it out; null: it is there
     * @param flag what makes one talk to the annotator; empty: the group says it
     * @param quality quality, bar and interval
     * @param labels number of labels
     * @param values agreement with others, with the consensus, with the models, as far as the table has them
     * @param gold how often labels equal gold, and of how many
     * @param goldInterval the interval of that in words; empty: there are none
     * @param isByGold whether that decides the group
     * @param weight weight
     * @param mixesUp what the annotator mixes up most
     * @param runs the small line; null: none
     * @param since first and last day
     */
    // more components: one for each column of the table of annotators
    public record Row(
            int place,
            Shown id,
            @Nullable String title,
            Prose flag,
            Quality quality,
            Value labels,
            List<Value> values,
            Value gold,
            String goldInterval,
            boolean isByGold,
            Value weight,
            Prose mixesUp,
            @Nullable Sparkline runs,
            String since) {}

    /** The content of a cell, and the key by which it is sorted. */
    public record Value(String text, String sort) {}

    /** A quality: its words, what it is sorted by, its interval in words, and its bar. */
    public record Quality(
            Value value, String interval, @Nullable Bar bar) {}

    /** A bar, 20 pixels high: kind, ends, value, and the middle of the team, empty if there is none. */
    public record Bar(String kind, String from, String to, String at, String path, String middle) {}

    /** Who agrees with whom: headings, rows, and how to read them. */
    public record Pairs(List<Shown> heads, List<PairRow> rows, List<Prose> reading) {}

    /** A row of the table of pairs: an annotator, and a cell for each of the others. */
    public record PairRow(Shown head, List<Cell> cells) {}

    /** A cell: its class, its words, and more of them for those who ask. */
    public record Cell(String kind, String text, String title) {}

    /** How annotators developed: a sentence, and a picture each. */
    public record Periods(Prose saying, List<Period> pictures) {}

    /** An annotator's development on 200 × 64 pixels. */
    public record Period(Shown annotator, String line, String band, List<Column> columns, String text) {}

    /** A column of a picture. */
    public record Column(String x, String y, String width, String height) {}
}
