package dev.crowdlab.engine.agreement;

import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.Pass;
import java.util.List;

/** Leaves out one example after the other and sums up how far each measure of a scale moves; writes nothing. */
public final class OrderedJackknifePass implements Pass<JackknifeSums> {

    private final OrderedAgreement whole;
    private final List<OrderedMeasure> measures;
    /** [measures] of the whole. */
    private final double[] values;

    /**
     * Prepares the pass.
     *
     * @param measures a sum of moves has the number of its measure here
     */
    public OrderedJackknifePass(OrderedAgreement whole, List<OrderedMeasure> measures) {
        this.whole = whole;
        this.measures = List.copyOf(measures);
        values = measures.stream().mapToDouble(whole::value).toArray();
    }

    @Override
    public JackknifeSums newStatistics(Dimensions dimensions) {
        return new JackknifeSums(values.length);
    }

    @Override
    public void collect(Block block, JackknifeSums statistics) {
        OrderedAgreement.Remainder others = new OrderedAgreement.Remainder(whole);
        ExampleLabels labels = new ExampleLabels();
        for (int example = block.from(); example < block.to(); example++) {
            labels.take(block.annotations(), example);
            addMoves(statistics, others, labels.values, labels.size, 1);
        }
    }

    /** Returns what the pass would, from the sequences of labels of all examples. */
    public JackknifeSums sum(LabelSequences sequences) {
        JackknifeSums statistics = new JackknifeSums(values.length);
        OrderedAgreement.Remainder others = new OrderedAgreement.Remainder(whole);
        sequences.forEach((labels, size, count) -> addMoves(statistics, others, labels, size, count));
        return statistics;
    }

    private void addMoves(
            JackknifeSums statistics, OrderedAgreement.Remainder others, int[] labels, int size, long count) {
        others.leaveOut(labels, size);
        for (int statistic = 0; statistic < values.length; statistic++) {
            boolean matters = size > 1 || measures.get(statistic) == OrderedMeasure.GWET_AC2;
            if (matters && !Double.isNaN(values[statistic])) {
                statistics.addMoves(statistic, others.value(measures.get(statistic)) - values[statistic], count);
            }
        }
    }
}
