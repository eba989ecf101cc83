package dev.crowdlab.engine.machine;

import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.Pass;
import dev.crowdlab.engine.quality.PublishedPosterior;

/**
 * Compares machines with the consensus of people, with each other and with single people, on the examples that people
 * labeled. Memory is 8 bytes per machine and pair of classes, and 32 per machine and person with 30 labels or more.
 */
final class MachinePass implements Pass<MachineSums> {

    private final PublishedPosterior open;
    private final int machineCount;
    /** [people] their number among those who are compared with machines, -1 for the others. */
    private final int[] places;

    private final int comparedCount;

    /**
     * Prepares the pass.
     *
     * @param open the open posterior of people's committee
     * @param places [people] their number among those compared, or -1; not modified
     */
    MachinePass(PublishedPosterior open, int machineCount, int[] places, int comparedCount) {
        this.open = open;
        this.machineCount = machineCount;
        this.places = places;
        this.comparedCount = comparedCount;
    }

    @Override
    public MachineSums newStatistics(Dimensions dimensions) {
        return new MachineSums(machineCount, dimensions.classCount(), comparedCount);
    }

    @Override
    public void collect(Block block, MachineSums sums) {
        MachineLabels machines = block.input().get(MachineLabels.COLUMN);
        AnchoredExample anchored = new AnchoredExample(block.input(), open);
        for (int example = block.from(); example < block.to(); example++) {
            anchored.open(example);
            sums.addExample(anchored);
            for (int position = machines.start(example); position < machines.end(example); position++) {
                sums.addLabel(machines.machine(position), machines.label(position), anchored);
                for (int other = machines.start(example); other < position; other++) {
                    sums.addPair(
                            machines.machine(other),
                            machines.machine(position),
                            machines.label(other) != anchored.label(),
                            machines.label(position) != anchored.label());
                }
                compare(block.annotations(), example, machines.machine(position), machines.label(position), sums);
            }
        }
    }

    /** Compares the machine with every person who labeled the example, if another one did, too. */
    private void compare(Annotations annotations, int example, int machine, int given, MachineSums sums) {
        if (annotations.size(example) == 1) {
            return;
        }
        int equal = annotations.votes(example, given);
        for (int position = annotations.start(example); position < annotations.end(example); position++) {
            int place = places[annotations.annotator(position)];
            if (place >= 0) {
                int label = annotations.label(position);
                sums.addTest(
                        MachineSums.FIELDS * (machine * comparedCount + place),
                        equal - (label == given ? 1 : 0),
                        annotations.votes(example, label) - 1);
            }
        }
    }
}
