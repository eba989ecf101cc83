package dev.crowdlab.results;

import dev.crowdlab.dataset.Dataset;
import dev.crowdlab.dataset.id.IdList;
import dev.crowdlab.dataset.id.Utf8Texts;
import dev.crowdlab.engine.pass.UnusableInputException;
import dev.crowdlab.engine.soft.SoftLabelReader;
import dev.crowdlab.results.copy.BinaryCopyWriter;
import dev.crowdlab.results.copy.FieldType;
import dev.crowdlab.results.copy.Kept;
import dev.crowdlab.results.copy.ResultTable;
import dev.crowdlab.results.copy.ResultTableDefinition;
import java.util.stream.IntStream;

/**
 * How probable it is that the next annotator of an example gives a class. The probabilities of an example are computed
 * when its first row is written, so that those of no more than one are in memory.
 */
final class SoftLabelTable implements ResultTable {

    static final ResultTableDefinition DEFINITION = ResultTableDefinition.of("soft_label", Kept.AS_PARTITION)
            .key("example_id", FieldType.EXAMPLE)
            .key("class", FieldType.TEXT)
            .column("probability", FieldType.DOUBLE);

    private final long runId;
    private final Dataset dataset;
    private final SoftLabelReader reader;
    /** [classes] The classes in code-point order, which need not be that of the dataset. */
    private final int[] order;
    /** [classes] Of the example of the last row written. */
    private final double[] probabilities;

    private int example = -1;

    SoftLabelTable(long runId, Dataset dataset, SoftLabelReader reader) {
        this.runId = runId;
        this.dataset = dataset;
        this.reader = reader;
        IdList classes = dataset.classes();
        order = IntStream.range(0, classes.size())
                .boxed()
                .sorted((one, other) -> Utf8Texts.compare(classes, one, classes, other))
                .mapToInt(Integer::intValue)
                .toArray();
        probabilities = new double[order.length];
    }

    @Override
    public ResultTableDefinition definition() {
        return DEFINITION;
    }

    /**
     * The number of rows.
     *
     * @throws UnusableInputException if they are more than a table can have
     */
    @Override
    public int rowCount() {
        long rows = (long) dataset.examples().size() * order.length;
        if (rows > Integer.MAX_VALUE) {
            throw new UnusableInputException("store-soft-labels would write " + rows
                    + " rows, a row for each example and class, and a table has at most " + Integer.MAX_VALUE
                    + "; leave it out");
        }
        return (int) rows;
    }

    @Override
    public void write(int row, BinaryCopyWriter target) {
        int place = row % order.length;
        if (example != row / order.length) {
            example = row / order.length;
            reader.fill(example, probabilities);
        }
        target.beginRow(definition(), runId);
        target.text(dataset.examples(), example);
        target.text(dataset.classes(), order[place]);
        target.number(Math.min(1, probabilities[order[place]])); // a sum may round to more
    }
}
