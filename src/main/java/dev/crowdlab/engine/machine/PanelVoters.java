package dev.crowdlab.engine.machine;

import dev.crowdlab.engine.correction.Voters;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.Slice;
import org.jspecify.annotations.Nullable;

/**
 * The votes of people and of the machines of a panel, by their numbers among all annotators: people first, each kind
 * ascending. Without a panel machines have no vote.
 */
record PanelVoters(Machines machines, @Nullable Panel panel) implements Voters {

    @Override
    public int count(Dimensions dimensions) {
        return machines.annotatorCount();
    }

    @Override
    public Reader on(Slice slice) {
        Annotations annotations = slice.annotations();
        MachineLabels labels = slice.get(MachineLabels.COLUMN);
        return new Reader(annotations.largestSize() + machines.machineCount()) {
            @Override
            protected void addVotes(int example) {
                if (annotations.exampleCount() > 0) {
                    addPeople(example);
                }
                for (int position = labels.start(example); position < labels.end(example); position++) {
                    int machine = labels.machine(position);
                    if (panel != null && panel.isUsed(machine)) {
                        add(machines.annotatorOfMachine(machine), labels.label(position));
                    }
                }
            }

            private void addPeople(int example) {
                for (int position = annotations.start(example); position < annotations.end(example); position++) {
                    add(machines.annotatorOfPerson(annotations.annotator(position)), annotations.label(position));
                }
            }
        };
    }
}
