package dev.crowdlab.spark;

import dev.crowdlab.input.AnnotationCopy;
import dev.crowdlab.input.AnnotationReader;
import dev.crowdlab.input.GoldCopy;
import dev.crowdlab.input.GoldReader;
import dev.crowdlab.input.PredictionCopy;
import dev.crowdlab.input.PredictionReader;
import java.io.Serializable;
import java.util.Iterator;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * Reads tables that Spark can read, and distributes their rows by a hash of the example's id. What follows depends on
 * the rows alone: neither on their order nor on the files they are in.
 *
 * @param annotations the annotations
 * @param predictions the predictions; null if there are none
 * @param gold the labels known to be right; null if there is no gold
 */
record TableInput(
        Table<AnnotationCopy> annotations,
        @Nullable Table<PredictionCopy> predictions,
        @Nullable Table<GoldCopy> gold) {

    /**
     * A table.
     *
     * @param rows with the columns of a COPY, cast as it casts them
     * @param encoding what these columns hold
     * @param copy how they are read; its statement is not used
     */
    record Table<C extends Serializable>(Dataset<Row> rows, RowEncoding encoding, C copy) {}

    /** Reads all rows. */
    JavaRDD<InputPart> read(BlockShuffle shuffle, int blockRows) {
        JavaPairRDD<Integer, Serializable> blocks = annotations(annotations, shuffle, blockRows);
        Table<PredictionCopy> others = predictions;
        if (others != null) {
            blocks = blocks.union(predictions(others, shuffle, blockRows));
        }
        Table<GoldCopy> known = gold;
        if (known != null) {
            blocks = blocks.union(gold(known, shuffle, blockRows));
        }
        return shuffle.collect(blocks);
    }

    private static JavaPairRDD<Integer, Serializable> annotations(
            Table<AnnotationCopy> table, BlockShuffle shuffle, int blockRows) {
        RowEncoding encoding = table.encoding();
        AnnotationCopy copy = table.copy();
        return table.rows()
                .javaRDD()
                .mapPartitionsToPair(rows -> annotations(rows, encoding, copy, shuffle, blockRows));
    }

    private static Iterator<Tuple2<Integer, Serializable>> annotations(
            Iterator<Row> rows, RowEncoding encoding, AnnotationCopy copy, BlockShuffle shuffle, int blockRows) {
        AnnotationReader reader = new AnnotationReader(copy, blockRows);
        reader.open(new EncodedIterator(rows, encoding));
        return shuffle.annotations(reader);
    }

    private static JavaPairRDD<Integer, Serializable> predictions(
            Table<PredictionCopy> table, BlockShuffle shuffle, int blockRows) {
        RowEncoding encoding = table.encoding();
        PredictionCopy copy = table.copy();
        return table.rows()
                .javaRDD()
                .mapPartitionsToPair(rows -> predictions(rows, encoding, copy, shuffle, blockRows));
    }

    private static Iterator<Tuple2<Integer, Serializable>> predictions(
            Iterator<Row> rows, RowEncoding encoding, PredictionCopy copy, BlockShuffle shuffle, int blockRows) {
        PredictionReader reader = new PredictionReader(copy, blockRows);
        reader.open(new EncodedIterator(rows, encoding));
        return shuffle.predictions(reader);
    }

    private static JavaPairRDD<Integer, Serializable> gold(Table<GoldCopy> table, BlockShuffle shuffle, int blockRows) {
        RowEncoding encoding = table.encoding();
        GoldCopy copy = table.copy();
        return table.rows().javaRDD().mapPartitionsToPair(rows -> gold(rows, encoding, copy, shuffle, blockRows));
    }

    private static Iterator<Tuple2<Integer, Serializable>> gold(
            Iterator<Row> rows, RowEncoding encoding, GoldCopy copy, BlockShuffle shuffle, int blockRows) {
        GoldReader reader = new GoldReader(copy, blockRows);
        reader.open(new EncodedIterator(rows, encoding));
        return shuffle.gold(reader);
    }

    private record EncodedIterator(Iterator<Row> rows, RowEncoding encoding) implements Iterator<byte[]> {

        @Override
        public boolean hasNext() {
            return rows.hasNext();
        }

        @Override
        public byte[] next() {
            return encoding.encode(rows.next());
        }
    }
}
