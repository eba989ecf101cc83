package dev.crowdlab.report.figures;

import java.util.List;

/**
 * The consensus methods.
 *
 * @param methods the published one, then the others by name; empty: the run stored none
 * @param experts of the committee, by name; empty: it is not among the methods
 * @param models by name; empty: the experts were given none
 * @param bins what the methods' scores say and how often they are right, by method and score; empty: there is no gold
 *     to tell
 */
public record ConsensusFigures(List<Method> methods, List<Expert> experts, List<Model> models, List<Bin> bins) {

    private static final String COMMITTEE = "committee";

    /** Nothing stored. */
    public static final ConsensusFigures NONE = new ConsensusFigures(List.of(), List.of(), List.of(), List.of());

    /** Whether the published labels are the committee's, whose intervals allow for more than chance. */
    public boolean areOfCommittee() {
        return methods.stream().anyMatch(ConsensusFigures::isCommittee);
    }

    /** Whether the scores of the published labels estimate the probability that they are right. */
    public boolean areProbabilities() {
        return methods.stream()
                .anyMatch(method ->
                        isCommittee(method) && !Double.isNaN(method.estimated().value()));
    }

    private static boolean isCommittee(Method method) {
        return method.isPublished() && method.name().equals(COMMITTEE);
    }

    /** Lists are copied. */
    public ConsensusFigures {
        methods = List.copyOf(methods);
        experts = List.copyOf(experts);
        models = List.copyOf(models);
        bins = List.copyOf(bins);
    }

    /**
     * A method.
     *
     * @param name as in the settings
     * @param isPublished whether its labels are the published ones
     * @param estimated share of right labels that it expects
     * @param gold share of right labels of gold examples
     * @param goldCount how many gold examples
     * @param rounds empty: a method without
     * @param equalShare share of examples to which it gives the published label, from 0 to 1
     */
    public record Method(
            String name,
            boolean isPublished,
            Share estimated,
            Share gold,
            long goldCount,
            String rounds,
            double equalShare) {}

    /** A share with its 90 % interval; NaN: unknown. */
    public record Share(double value, double lower, double upper) {}

    /**
     * The examples with gold whose scores lie between two numbers.
     *
     * @param method whose scores
     * @param count how many examples, at least 1
     * @param predicted their mean score
     * @param actual the share of them whose label equals gold
     */
    public record Bin(String method, double lower, double upper, long count, double predicted, double actual) {}

    /** An expert: its name and what it counts for, from 0 to 1. */
    public record Expert(String name, double weight) {}

    /** A model: its name and what it counts for with each expert, from 0 to 2, in their order. */
    public record Model(String name, List<Double> lambdas) {

        /** Lists are copied. */
        public Model {
            lambdas = List.copyOf(lambdas);
        }
    }
}
