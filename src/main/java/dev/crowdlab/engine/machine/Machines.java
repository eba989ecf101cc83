package dev.crowdlab.engine.machine;

import dev.crowdlab.engine.pass.Annotations;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * Which annotators are machines. Machines are numbered from 0 in the order of their numbers as annotators, and so are
 * people, each for themselves. Immutable; safe for use by many threads.
 */
public final class Machines implements Serializable {

    /** How much worse than a person, as a share of examples, a machine may be to replace one where people are a crowd. */
    public static final double CROWD = 0.1;

    /** The same where people are skilled; 0.2 for experts. */
    public static final double SKILLED = 0.15;

    /** The same where people are experts. */
    public static final double EXPERTS = 0.2;

    /** [annotators] the machine's number, or -1 minus the person's. */
    private final int[] numbers;
    /** [machines] their numbers as annotators, ascending. */
    private final int[] machines;
    /** [people] their numbers as annotators, ascending. */
    private final int[] people;
    /** [machines] */
    private final String[] families;

    private final double tolerance;

    private Machines(int[] numbers, int[] machines, int[] people, String[] families, double tolerance) {
        this.numbers = numbers;
        this.machines = machines;
        this.people = people;
        this.families = families;
        this.tolerance = tolerance;
    }

    /**
     * Declares machines, each a family of its own.
     *
     * @param annotatorCount number of annotators, machines among them
     * @param annotators the numbers of those that are machines, ascending; not modified
     * @throws IllegalArgumentException if a number is out of range, or they do not ascend
     */
    public static Machines of(int annotatorCount, int... annotators) {
        int[] numbers = new int[annotatorCount];
        int previous = -1;
        for (int machine = 0; machine < annotators.length; machine++) {
            if (annotators[machine] <= previous || annotators[machine] >= annotatorCount) {
                throw new IllegalArgumentException("machines hold " + annotators[machine] + " after " + previous
                        + "; they must ascend and stay below " + annotatorCount + ", the number of annotators");
            }
            previous = annotators[machine];
            numbers[previous] = machine + 1;
        }
        int[] people = new int[annotatorCount - annotators.length];
        int person = 0;
        for (int annotator = 0; annotator < annotatorCount; annotator++) {
            if (numbers[annotator] == 0) {
                people[person++] = annotator;
                numbers[annotator] = -person;
            } else {
                numbers[annotator] -= 1;
            }
        }
        String[] families =
                Arrays.stream(annotators).mapToObj(Integer::toString).toArray(String[]::new);
        return new Machines(numbers, annotators.clone(), people, families, CROWD);
    }

    /**
     * Returns the same machines in families, which change nothing but what is told about shared errors.
     *
     * @param names [machines] equal for machines of one family
     * @throws IllegalArgumentException if there are not as many as machines
     */
    public Machines withFamilies(List<String> names) {
        if (names.size() != machines.length) {
            throw new IllegalArgumentException(
                    "there are " + names.size() + " families for " + machines.length + " machines; name one for each");
        }
        return new Machines(numbers, machines, people, names.toArray(String[]::new), tolerance);
    }

    /**
     * Returns the same machines with another tolerance.
     *
     * @param share how much worse than a person a machine may be to replace one, in [0, 1)
     * @throws IllegalArgumentException if it is out of range
     */
    public Machines withTolerance(double share) {
        if (!(share >= 0 && share < 1)) {
            throw new IllegalArgumentException("tolerance is " + share + "; it must be at least 0 and less than 1");
        }
        return new Machines(numbers, machines, people, families, share);
    }

    /** Returns the number of machines. */
    public int machineCount() {
        return machines.length;
    }

    /** Returns the number of people. */
    public int personCount() {
        return people.length;
    }

    /** Returns the number of annotators of both kinds. */
    public int annotatorCount() {
        return numbers.length;
    }

    /** Returns whether the annotator is a machine. */
    public boolean isMachine(int annotator) {
        return numbers[annotator] >= 0;
    }

    /** Returns the machine's number among annotators. */
    public int annotatorOfMachine(int machine) {
        return machines[machine];
    }

    /** Returns the person's number among annotators. */
    public int annotatorOfPerson(int person) {
        return people[person];
    }

    /** Returns the family of the machine. */
    public String family(int machine) {
        return families[machine];
    }

    /** Returns how much worse than a person a machine may be to replace one, in [0, 1). */
    public double tolerance() {
        return tolerance;
    }

    /** Returns the number of the annotator among machines. */
    int machine(int annotator) {
        return numbers[annotator];
    }

    /** Returns the number of the annotator among people; negative if it is a machine. */
    public int person(int annotator) {
        return -1 - numbers[annotator];
    }

    /** Returns how many labels of the example are by people. */
    public int countPeople(Annotations annotations, int example) {
        int count = 0;
        for (int position = annotations.start(example); position < annotations.end(example); position++) {
            count += isMachine(annotations.annotator(position)) ? 0 : 1;
        }
        return count;
    }
}
