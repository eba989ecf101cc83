package dev.crowdlab.results.period;

import dev.crowdlab.dataset.id.IdList;
import dev.crowdlab.engine.quality.WilsonInterval;
import java.util.List;
import java.util.stream.IntStream;

/** How much each annotator labeled in each period, and how well these labels are supported, by annotator and period. */
public final class PeriodRows {

    private final IdList annotators;
    private final AnnotatorPeriods periods;
    private final long[] keys;
    /** [rows] annotations. */
    private final long[] counts;
    /** [rows] those of them that equal the consensus. */
    private final long[] agreeing;
    /** [rows] the first row of the same annotator. */
    private final int[] firsts;

    public PeriodRows(IdList annotators, AnnotatorPeriods periods) {
        this.annotators = annotators;
        this.periods = periods;
        keys = periods.keys();
        counts = new long[keys.length];
        agreeing = new long[keys.length];
        firsts = new int[keys.length];
        for (int row = 0; row < keys.length; row++) {
            counts[row] = periods.count(keys[row]);
            agreeing[row] = periods.agreeing(keys[row]);
            boolean isFirst = row == 0 || annotator(row) != annotator(row - 1);
            firsts[row] = isFirst ? row : firsts[row - 1];
        }
    }

    public int annotator(int row) {
        return AnnotatorPeriods.annotator(keys[row]);
    }

    /** The annotators whose last period is marked, by id. */
    public List<String> drifting() {
        return lastRows()
                .filter(row -> drop(row).isDrift())
                .mapToObj(row -> annotators.text(annotator(row)))
                .toList();
    }

    /** The rows of the last period of each annotator. */
    public IntStream lastRows() {
        return IntStream.range(0, keys.length)
                .filter(row -> row + 1 == keys.length || annotator(row + 1) != annotator(row));
    }

    public IdList annotators() {
        return annotators;
    }

    public int size() {
        return keys.length;
    }

    public int firstDay(int row) {
        return AnnotatorPeriods.firstDay(keys[row]);
    }

    public long count(int row) {
        return counts[row];
    }

    public double agreement(int row) {
        return (double) agreeing[row] / counts[row];
    }

    public double quality(int row) {
        return periods.meanQuality(keys[row]);
    }

    public WilsonInterval interval(int row) {
        return WilsonInterval.of(quality(row), counts[row]);
    }

    public AgreementDrop drop(int row) {
        return new AgreementDrop(counts, agreeing, firsts[row], row);
    }
}
