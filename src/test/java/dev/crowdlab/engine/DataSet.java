package dev.crowdlab.engine;

import dev.crowdlab.engine.gold.GoldUse;
import dev.crowdlab.engine.pass.Abstentions;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.Predictions;
import dev.crowdlab.engine.pass.Slice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Input of an analysis.
 *
 * @param gold [examples] the classes that are known to be right, -1 where none is
 * @param abstentions of the same annotators on the same examples
 */
public record DataSet(Annotations annotations, Predictions predictions, int[] gold, Abstentions abstentions) {

    /** Without abstentions. */
    DataSet(Annotations annotations, Predictions predictions, int[] gold) {
        this(annotations, predictions, gold, Abstentions.NONE);
    }

    /** Without gold and abstentions. */
    DataSet(Annotations annotations, Predictions predictions) {
        this(annotations, predictions, new int[annotations.exampleCount()]);
        Arrays.fill(gold, -1);
    }

    /** Returns the data set with a random gold label for about every third example, whatever its annotations say. */
    public DataSet withGold(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] drawn = new int[gold.length];
        Arrays.setAll(drawn, example -> random.nextInt(3) == 0 ? random.nextInt(annotations.classCount()) : -1);
        return new DataSet(annotations, predictions, drawn, abstentions);
    }

    /** Returns the data set with about this share of those who give an example no label abstaining on it. */
    DataSet withAbstentions(double share, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<int[]> rows = new ArrayList<>();
        for (int example = 0; example < annotations.exampleCount(); example++) {
            for (int annotator = 0; annotator < annotations.annotatorCount(); annotator++) {
                if (annotations.position(example, annotator) < 0 && random.nextDouble() < share) {
                    rows.add(new int[] {example, annotator});
                }
            }
        }
        return new DataSet(annotations, predictions, gold, abstentions(annotations.exampleCount(), rows));
    }

    private static Abstentions abstentions(int exampleCount, List<int[]> rows) {
        int[] offsets = new int[exampleCount + 1];
        rows.forEach(row -> offsets[row[0] + 1]++);
        for (int example = 0; example < exampleCount; example++) {
            offsets[example + 1] += offsets[example];
        }
        return new Abstentions(offsets, rows.stream().mapToInt(row -> row[1]).toArray());
    }

    /** Returns all examples with their gold. */
    public Slice slice() {
        return new Slice(annotations, predictions).withAbstentions(abstentions).with(Column.GOLD, gold);
    }

    /** Packs rows (example, annotator, label) that are sorted by example, then annotator. */
    public static DataSet of(int classCount, int annotatorCount, List<int[]> rows, List<double[]> models) {
        int exampleCount = rows.isEmpty() ? 0 : rows.get(rows.size() - 1)[0] + 1;
        int[] offsets = new int[exampleCount + 1];
        int[] annotators = new int[rows.size()];
        int[] labels = new int[rows.size()];
        for (int position = 0; position < rows.size(); position++) {
            int[] row = rows.get(position);
            offsets[row[0] + 1] = position + 1;
            annotators[position] = row[1];
            labels[position] = row[2];
        }
        return new DataSet(
                new Annotations(classCount, annotatorCount, offsets, annotators, labels),
                new Predictions(exampleCount, classCount, models));
    }

    public Analysis analyze(Options options) {
        return options.gold() == GoldUse.NONE && abstentions.count() == 0
                ? Crowdlab.analyze(annotations, predictions, options)
                : Crowdlab.analyze(slice(), options);
    }

    /** Returns the rows (example, annotator, label), sorted. */
    public List<int[]> rows() {
        return rows(annotations);
    }

    /** Returns the rows with those of abstentions, whose label is the number of classes. */
    List<int[]> answers() {
        return rows(slice().answers());
    }

    private static List<int[]> rows(Annotations annotations) {
        List<int[]> rows = new ArrayList<>();
        for (int example = 0; example < annotations.exampleCount(); example++) {
            for (int position = annotations.start(example); position < annotations.end(example); position++) {
                rows.add(new int[] {example, annotations.annotator(position), annotations.label(position)});
            }
        }
        return rows;
    }

    /** Returns the examples {@code from .. to - 1} as a data set of their own, with the same annotators and classes. */
    public DataSet slice(int from, int to) {
        int[] order = new int[to - from];
        Arrays.setAll(order, example -> from + example);
        return withExamples(order);
    }

    /** Returns a data set whose examples are those of this in the order given. */
    public DataSet withExamples(int[] order) {
        List<int[]> rows = new ArrayList<>();
        for (int example = 0; example < order.length; example++) {
            for (int position = annotations.start(order[example]);
                    position < annotations.end(order[example]);
                    position++) {
                rows.add(new int[] {example, annotations.annotator(position), annotations.label(position)});
            }
        }
        List<int[]> abstaining = new ArrayList<>();
        for (int example = 0; example < order.length; example++) {
            for (int index = 0; index < abstentions.count(order[example]); index++) {
                abstaining.add(new int[] {example, abstentions.annotator(order[example], index)});
            }
        }
        int classCount = annotations.classCount();
        List<double[]> models = new ArrayList<>();
        for (int model = 0; model < predictions.modelCount(); model++) {
            double[] probabilities = new double[order.length * classCount];
            for (int index = 0; index < probabilities.length; index++) {
                probabilities[index] = predictions.probability(model, order[index / classCount], index % classCount);
            }
            models.add(probabilities);
        }
        DataSet data = of(classCount, annotations.annotatorCount(), rows, models);
        int[] ordered = Arrays.stream(order).map(example -> gold[example]).toArray();
        return new DataSet(data.annotations, data.predictions, ordered, abstentions(order.length, abstaining));
    }

    /** Returns a data set where annotator a of this is annotator {@code ranks[a]}. */
    DataSet withAnnotators(int[] ranks) {
        List<int[]> rows = rows();
        rows.forEach(row -> row[1] = ranks[row[1]]);
        rows.sort((row, other) -> row[0] != other[0] ? row[0] - other[0] : row[1] - other[1]);
        List<double[]> none = List.of();
        DataSet permuted = of(annotations.classCount(), annotations.annotatorCount(), rows, none);
        return new DataSet(permuted.annotations(), predictions, gold);
    }
}
