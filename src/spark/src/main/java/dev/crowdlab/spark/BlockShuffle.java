package dev.crowdlab.spark;

import dev.crowdlab.dataset.AnnotationBlock;
import dev.crowdlab.dataset.AnnotationRows;
import dev.crowdlab.dataset.GoldBlock;
import dev.crowdlab.dataset.GoldRows;
import dev.crowdlab.dataset.PredictionBlock;
import dev.crowdlab.dataset.PredictionRows;
import dev.crowdlab.input.BlockReader;
import java.io.Serializable;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.apache.spark.HashPartitioner;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.util.TaskCompletionListener;
import scala.Tuple2;

/**
 * Brings the rows of each example together, wherever they were read.
 *
 * @param parts how many parts the examples are distributed to, by a hash of their ids
 * @param keptRejected how many rejected rows of a part to keep per reason
 * @param hasGold whether gold is read, too
 */
record BlockShuffle(int parts, int keptRejected, boolean hasGold) implements Serializable {

    /** Gives each part the rows of its examples; what {@link #split} returned, of any number of readers. */
    JavaRDD<InputPart> collect(JavaPairRDD<Integer, Serializable> blocks) {
        return blocks.partitionBy(new HashPartitioner(parts)).values().mapPartitions(own -> List.of(collected(own))
                .iterator());
    }

    private InputPart collected(Iterator<Serializable> blocks) {
        AnnotationRows annotations = new AnnotationRows(keptRejected);
        PredictionRows predictions = new PredictionRows(keptRejected);
        GoldRows gold = hasGold ? new GoldRows(keptRejected) : GoldRows.none();
        blocks.forEachRemaining(block -> {
            if (block instanceof AnnotationBlock rows) {
                annotations.add(rows);
            } else if (block instanceof PredictionBlock rows) {
                predictions.add(rows);
            } else if (block instanceof GoldBlock rows) {
                gold.add(rows);
            }
        });
        return new InputPart(annotations, predictions, gold);
    }

    /** Reads annotations to their end, block by block, and says which part each piece of a block belongs to. */
    Iterator<Tuple2<Integer, Serializable>> annotations(BlockReader<AnnotationBlock> rows) {
        return new Pieces<>(rows, block -> block.split(parts));
    }

    /** Reads predictions as {@link #annotations}. */
    Iterator<Tuple2<Integer, Serializable>> predictions(BlockReader<PredictionBlock> rows) {
        return new Pieces<>(rows, block -> block.split(parts));
    }

    /** Reads gold as {@link #annotations}. */
    Iterator<Tuple2<Integer, Serializable>> gold(BlockReader<GoldBlock> rows) {
        return new Pieces<>(rows, block -> block.split(parts));
    }

    /**
     * The pieces of one block after another, so that one block at a time is in memory. The reader is closed with the
     * task.
     */
    private static final class Pieces<B> implements Iterator<Tuple2<Integer, Serializable>> {

        private final BlockReader<B> rows;
        private final Function<B, Serializable[]> split;
        private final Deque<Tuple2<Integer, Serializable>> pending = new ArrayDeque<>();
        private boolean isEnded;

        Pieces(BlockReader<B> rows, Function<B, Serializable[]> split) {
            this.rows = rows;
            this.split = split;
            TaskContext.get().addTaskCompletionListener((TaskCompletionListener) task -> close());
        }

        private void close() {
            try {
                rows.close();
            } catch (SQLException e) {
                throw new IllegalStateException("what was read cannot be closed", e);
            }
        }

        @Override
        public boolean hasNext() {
            try {
                while (pending.isEmpty() && !isEnded) {
                    B block = rows.read();
                    isEnded = block == null;
                    if (block != null) {
                        List<Serializable> pieces = Arrays.asList(split.apply(block));
                        for (int part = 0; part < pieces.size(); part++) {
                            pending.add(new Tuple2<>(part, pieces.get(part)));
                        }
                    }
                }
            } catch (SQLException e) {
                throw new IllegalStateException("a source cannot be read", e);
            }
            return !pending.isEmpty();
        }

        @Override
        public Tuple2<Integer, Serializable> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return pending.remove();
        }
    }
}
