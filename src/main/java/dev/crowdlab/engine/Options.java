package dev.crowdlab.engine;

import java.util.EnumSet;
import java.util.List;

/**
 * Settings of one analysis. Threads and block size never change a result, not even its last bit.
 *
 * @param consensusMethods at least one, none twice; the first is published, the others are alternatives
 * @param qualityMethod what quality is estimated from
 * @param threads number of workers, at least 1
 * @param blockSize examples a worker takes at a time, at least 1
 */
public record Options(List<ConsensusMethod> consensusMethods, QualityMethod qualityMethod, int threads, int blockSize) {

    private static final int DEFAULT_BLOCK_SIZE = 4096;

    /** Checks and copies. */
    public Options {
        consensusMethods = List.copyOf(consensusMethods);
        if (consensusMethods.isEmpty()) {
            throw new IllegalArgumentException("consensusMethods is empty; name at least one");
        }
        if (EnumSet.copyOf(consensusMethods).size() < consensusMethods.size()) {
            throw new IllegalArgumentException("consensusMethods names a method twice: " + consensusMethods);
        }
        if (threads < 1) {
            throw new IllegalArgumentException("threads is " + threads + "; it must be at least 1");
        }
        if (blockSize < 1) {
            throw new IllegalArgumentException("blockSize is " + blockSize + "; it must be at least 1");
        }
    }

    /** Returns CROWDLAB with its best-quality consensus, on every processor, in blocks of 4,096 examples. */
    public static Options defaults() {
        return new Options(
                List.of(ConsensusMethod.BEST_QUALITY),
                QualityMethod.CROWDLAB,
                Runtime.getRuntime().availableProcessors(),
                DEFAULT_BLOCK_SIZE);
    }
}
