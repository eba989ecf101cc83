package dev.crowdlab.engine.correction;

import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.NotThreadSafe;
import dev.crowdlab.engine.pass.Slice;
import java.io.Serializable;
import java.util.Arrays;

/** Whose votes a correction looks at. Immutable; safe for use by many threads. */
public interface Voters extends Serializable {

    /** Those whose annotations a slice has, by their numbers there. */
    Voters ANNOTATORS = new Annotators();

    /** Returns how many there are in the data set of which a runner knows the dimensions. */
    int count(Dimensions dimensions);

    /** Prepares to read the votes of a slice. */
    Reader on(Slice slice);

    /** Reads the votes for one example at a time. Working memory of one thread. */
    @NotThreadSafe
    abstract class Reader {

        private final int[] voters;
        private final int[] votes;

        private int count;

        /**
         * Makes room.
         *
         * @param mostVotes the votes that an example has at most
         */
        protected Reader(int mostVotes) {
            voters = new int[mostVotes];
            votes = new int[mostVotes];
        }

        /** Returns a gold example with its votes, see {@link GoldExample}. */
        public final GoldExample gold(int example, long order, int truth, int label, double[] posterior) {
            read(example);
            return new GoldExample(
                    order, truth, label, posterior, Arrays.copyOf(voters, count), Arrays.copyOf(votes, count));
        }

        /**
         * Corrects an example, see {@link GoldCorrection#correct}.
         *
         * @param posterior [classes] the open posterior; written into
         */
        public final int correct(GoldCorrection correction, int example, int label, double[] posterior) {
            read(example);
            return correction.correct(label, posterior, voters, votes, count);
        }

        private void read(int example) {
            count = 0;
            addVotes(example);
        }

        /** Adds the votes for the example, in a fixed order. */
        protected abstract void addVotes(int example);

        /** Adds a vote. */
        protected final void add(int voter, int label) {
            voters[count] = voter;
            votes[count++] = label;
        }
    }

    /** See {@link #ANNOTATORS}. */
    record Annotators() implements Voters {

        @Override
        public int count(Dimensions dimensions) {
            return dimensions.annotatorCount();
        }

        @Override
        public Reader on(Slice slice) {
            Annotations annotations = slice.annotations();
            return new Reader(annotations.largestSize()) {
                @Override
                protected void addVotes(int example) {
                    for (int position = annotations.start(example); position < annotations.end(example); position++) {
                        add(annotations.annotator(position), annotations.label(position));
                    }
                }
            };
        }
    }
}
