package dev.crowdlab.engine.pass;

import dev.crowdlab.engine.Committee;
import dev.crowdlab.engine.Options;
import dev.crowdlab.engine.correction.GoldExample;
import dev.crowdlab.engine.share.GoldSample;
import dev.crowdlab.engine.stop.StopRule;
import dev.crowdlab.engine.vote.TiePass;
import dev.crowdlab.engine.vote.VotePass;
import java.io.Serializable;

/**
 * The name and the type of something that a pass finds out about every example or annotation of a {@link Slice}.
 * Columns of the same name are the same. A pass of another method declares columns of its own.
 *
 * @param name unique among all columns
 * @param <T> an array, or a type made of arrays, with one entry per example or annotation
 */
@SuppressWarnings("UnusedTypeParameter") // it types what Slice.with takes and Slice.get returns
public record Column<T extends Serializable>(String name) implements Serializable {

    /**
     * The majority vote and its rule: from {@link VotePass} where an example alone decides it, then from {@link
     * TiePass}.
     */
    public static final Column<ConsensusLabels> MAJORITY = new Column<>("majority");

    /** [annotations] the quality of every annotation under the published consensus, in [0, 1]. */
    public static final Column<double[]> ANNOTATION_QUALITY = new Column<>("annotation_quality");

    /** [examples] ActiveLab's score, in [0, 1]; the lowest is to be labeled next. */
    public static final Column<double[]> ACTIVE_LEARNING = new Column<>("active_learning");

    /**
     * [examples] the class that the models' mean gives the highest probability, the lowest where several are; if there
     * are models.
     */
    public static final Column<int[]> MODEL_LABEL = new Column<>("model_label");

    /** [examples] that probability, in [0, 1]. */
    public static final Column<double[]> MODEL_PROBABILITY = new Column<>("model_probability");

    /**
     * [examples] a number of each example that it has wherever it is, such as a hash of its id. Set by the caller:
     * {@link Committee} chooses a sample by it where there are predictions for more than 50,000 examples.
     */
    public static final Column<long[]> EXAMPLE_KEY = new Column<>("example_key");

    /**
     * [examples] the class that is known to be right, -1 where none is. Set by the caller, if {@link Options#gold} says
     * that there are any.
     */
    public static final Column<int[]> GOLD = new Column<>("gold");

    /**
     * [examples] what {@link GoldExample#order} is, none twice. Set by the caller, if gold is to correct the consensus.
     */
    public static final Column<long[]> GOLD_ORDER = new Column<>("gold_order");

    /**
     * [examples] where each stands in the order in which examples are drawn for gold, see {@link GoldSample#key}. Set by the caller, if gold is drawn so.
     */
    public static final Column<long[]> SAMPLE_KEY = new Column<>("sample_key");

    /** [examples] the period that each belongs to, numbered from 0 on, -1 for none. Set by the caller, if shares are wanted by period. */
    public static final Column<int[]> PERIOD = new Column<>("period");

    /**
     * [examples] how many annotations each had when the last run found it done, see {@link StopRule}; 0 if it did not. Set by the caller, if there was such a run.
     */
    public static final Column<int[]> DONE_LABELS = new Column<>("done_labels");

    /** Returns the column of the method's consensus labels. */
    public static Column<ConsensusLabels> consensus(ConsensusMethod method) {
        return new Column<>("consensus_" + method.sqlName());
    }

    /** Returns the column of the qualities of the method's consensus labels, [examples], in [0, 1]. */
    public static Column<double[]> quality(ConsensusMethod method) {
        return new Column<>("quality_" + method.sqlName());
    }
}
