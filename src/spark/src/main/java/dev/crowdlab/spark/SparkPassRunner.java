package dev.crowdlab.spark;

import dev.crowdlab.engine.AnalysisRunner;
import dev.crowdlab.engine.annotator.Confusion;
import dev.crowdlab.engine.annotator.ConfusionCounts;
import dev.crowdlab.engine.annotator.ConfusionLayout;
import dev.crowdlab.engine.annotator.ConfusionSummary;
import dev.crowdlab.engine.annotator.ConfusionTally;
import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.ConsensusLabels;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.Mergeable;
import dev.crowdlab.engine.pass.Pass;
import dev.crowdlab.engine.pass.Slice;
import java.io.Serializable;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * Runs passes over slices that are spread over the executors of a cluster, one slice per partition. A pass is one job:
 * it is broadcast, each task takes one slice through it, and the counts are added up in a tree. The slices that a pass
 * wrote are kept in the executors for the next one; a lost one is computed again from those before it, with the same
 * bits, because a pass never modifies what it reads. Used by one thread.
 */
public final class SparkPassRunner implements AnalysisRunner {

    /** With the default depth the driver receives about the square root of the number of partitions. */
    private static final int TREE_DEPTH = 2;

    private static final StorageLevel LEVEL = StorageLevel.MEMORY_AND_DISK();

    /**
     * After this many passes their slices are stored, if there is a checkpoint directory: a task carries the lineage of
     * its input, and methods that repeat until nothing changes take hundreds of passes, whose lineage would not fit
     * into a thread's stack.
     */
    private static final int PASSES_BETWEEN_CHECKPOINTS = 25;

    private final JavaSparkContext spark;
    private final Dimensions dimensions;
    private JavaRDD<Slice> slices;
    private int passCount;
    private @Nullable JavaRDD<ConfusionCounts> confusionRanges;
    /** The slices or counts that the last pass left in the executors. */
    private Optional<JavaRDD<?>> kept = Optional.empty();

    /**
     * @param slices one per partition, all with the same annotators, classes and models; kept in the executors by the
     *     caller, as long as this is used. Computing one again must give the same slice
     */
    public SparkPassRunner(JavaSparkContext spark, JavaRDD<Slice> slices) {
        this.spark = spark;
        this.slices = slices;
        dimensions = slices.map(Dimensions::of).treeReduce(Dimensions::plus, TREE_DEPTH);
    }

    /** The slices with what the passes up to now have written, one per partition, in the order of the first ones. */
    public JavaRDD<Slice> slices() {
        return slices;
    }

    @Override
    public Dimensions dimensions() {
        return dimensions;
    }

    @Override
    public <S extends Mergeable<S>> S run(String phase, Pass<S> pass) {
        spark.setJobDescription(phase);
        Broadcast<Pass<S>> sent = spark.broadcast(pass);
        Dimensions whole = dimensions;
        JavaRDD<Taken<S>> taken = slices.map(slice -> take(sent.value(), slice, whole));
        taken.setName(phase).persist(LEVEL);
        passCount++;
        if (passCount % PASSES_BETWEEN_CHECKPOINTS == 0
                && spark.getCheckpointDir().isPresent()) {
            taken.checkpoint();
        }
        // what is kept must not change, so sums start from counts of their own
        S sum = taken.map(slice -> {
                    S counts = sent.value().newStatistics(whole);
                    counts.add(slice.counts());
                    return counts;
                })
                .treeReduce(
                        (one, other) -> {
                            one.add(other);
                            return one;
                        },
                        TREE_DEPTH);
        release();
        kept = Optional.of(taken);
        slices = taken.map(Taken::slice);
        return sum;
    }

    /** Releases the memory of the last pass; its slices would have to be computed again. */
    public void release() {
        kept.ifPresent(former -> former.unpersist(false));
    }

    private static <S extends Mergeable<S>> Taken<S> take(Pass<S> pass, Slice slice, Dimensions dimensions) {
        Slice output = pass.open(slice);
        S counts = pass.newStatistics(dimensions);
        pass.collect(new Block(slice, output, 0, slice.exampleCount()), counts);
        return new Taken<>(output, counts);
    }

    @Override
    public boolean countsConfusionApart() {
        return true;
    }

    /**
     * {@inheritDoc} Each slice counts its own labels, and sends the counts of each range of annotators to where the
     * range is counted; only summaries come to the driver.
     */
    @Override
    public Confusion confusion(ConfusionLayout layout, ConfusionTally tally, Column<ConsensusLabels> consensus) {
        spark.setJobDescription("confusion");
        Broadcast<ConfusionLayout> sent = spark.broadcast(layout);
        int annotatorCount = dimensions.annotatorCount();
        int rangeCount = Math.max(1, Math.min(slices.getNumPartitions(), annotatorCount));
        confusionRanges = slices.flatMapToPair(slice ->
                        ranges(ConfusionCounts.listed(sent.value(), slice, consensus), annotatorCount, rangeCount))
                .reduceByKey(ConfusionCounts::plus, rangeCount)
                .values();
        confusionRanges.setName("confusion").persist(LEVEL);
        return new Confusion(
                ConfusionSummary.join(confusionRanges.map(ConfusionSummary::of).collect()), Optional.empty());
    }

    /** Divides counts by ranges of annotators, of which every slice has the same, some without labels. */
    private static Iterator<Tuple2<Integer, ConfusionCounts>> ranges(
            ConfusionCounts counts, int annotatorCount, int rangeCount) {
        return IntStream.range(0, rangeCount)
                .mapToObj(range -> new Tuple2<>(
                        range,
                        counts.range(
                                bound(annotatorCount, range, rangeCount),
                                bound(annotatorCount, range + 1, rangeCount))))
                .iterator();
    }

    private static int bound(int annotatorCount, int range, int rangeCount) {
        return (int) ((long) annotatorCount * range / rangeCount);
    }

    /**
     * The counts of {@link #confusion}, by ranges of annotators.
     *
     * @throws java.util.NoSuchElementException before it
     */
    public JavaRDD<ConfusionCounts> confusionRanges() {
        return Optional.ofNullable(confusionRanges).orElseThrow();
    }

    /**
     * What a task made of one slice.
     *
     * @param slice with the columns of the pass
     * @param counts those of this slice alone
     */
    private record Taken<S>(Slice slice, S counts) implements Serializable {}
}
