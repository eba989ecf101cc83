package dev.crowdlab.engine;

import java.util.ArrayList;
import java.util.List;

/** Machines whose labels follow from a hash of numbers, as in the study: the same everywhere, and no data set is needed. */
final class SimulatedMachines {

    static final int COUNT = 6;
    private static final long SEED = 1000;

    /** How machines err: better than a single person by so much, how often all say the same, whether class 0 draws them. */
    enum Scene {
        EQUAL(0, 0.6, false),
        BETTER(0.2, 0.6, false),
        BIASED(-0.05, 0.6, true),
        COPIES(0, 0.95, false),
        BAD(-0.35, 0.6, false);

        private final double gain;
        private final double share;
        private final boolean isBiased;

        Scene(double gain, double share, boolean isBiased) {
            this.gain = gain;
            this.share = share;
            this.isBiased = isBiased;
        }
    }

    private SimulatedMachines() {}

    /** Returns a number in [0, 1) by splitmix64 of the keys. */
    static double uniform(long... keys) {
        long hash = 0;
        for (long key : keys) {
            hash = (hash ^ key) + 0x9E3779B97F4A7C15L;
            hash = (hash ^ (hash >>> 30)) * 0xBF58476D1CE4E5B9L;
            hash = (hash ^ (hash >>> 27)) * 0x94D049BB133111EBL;
            hash ^= hash >>> 31;
        }
        return (hash >>> 11) * 0x1p-53;
    }

    /** Returns [machines][examples] labels of the scene, for people who are right with the probability given. */
    static int[][] labels(int[] truth, int classCount, double single, Scene scene) {
        double accuracy = Math.max(1.0 / classCount, Math.min(0.97, single + scene.gain));
        int[][] labels = new int[COUNT][truth.length];
        for (int machine = 0; machine < COUNT; machine++) {
            double own = Math.min(0.99, Math.max(0.02, accuracy + 0.08 * (2.0 * machine / (COUNT - 1) - 1)));
            for (int example = 0; example < truth.length; example++) {
                boolean isShared = uniform(example, SEED, machine, 3) < scene.share;
                labels[machine][example] = isShared
                        ? draw(truth, example, classCount, accuracy, SEED, scene)
                        : draw(truth, example, classCount, own, SEED + 1 + machine, scene);
            }
        }
        return labels;
    }

    private static int draw(int[] truth, int example, int classCount, double accuracy, long seed, Scene scene) {
        int wrong = (truth[example] + 1 + (int) (uniform(example, seed, 1) * (classCount - 1))) % classCount;
        if (scene.isBiased) {
            wrong = truth[example] != 0 ? 0 : wrong;
        }
        return uniform(example, seed, 2) < accuracy ? truth[example] : wrong;
    }

    /** Returns the data set with machines behind the people, who say nothing about about 30 % of the examples. */
    static DataSet mixed(DataSet people, int[][] machines) {
        int annotatorCount = people.annotations().annotatorCount();
        List<int[]> rows = new ArrayList<>();
        List<int[]> labeled = people.rows();
        int next = 0;
        for (int example = 0; example < people.annotations().exampleCount(); example++) {
            for (; next < labeled.size() && labeled.get(next)[0] == example; next++) {
                if (!isAlone(example)) {
                    rows.add(labeled.get(next));
                }
            }
            for (int machine = 0; machine < machines.length; machine++) {
                rows.add(new int[] {example, annotatorCount + machine, machines[machine][example]});
            }
        }
        return DataSet.of(people.annotations().classCount(), annotatorCount + machines.length, rows, List.of());
    }

    static boolean isAlone(int example) {
        return uniform(example, 5) < 0.3;
    }
}
