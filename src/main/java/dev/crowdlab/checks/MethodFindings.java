package dev.crowdlab.checks;

import dev.crowdlab.finding.Finding;
import dev.crowdlab.finding.Finding.Severity;
import dev.crowdlab.finding.FindingCode;
import dev.crowdlab.finding.Wording;
import dev.crowdlab.run.ConsensusMetrics.Accuracy;
import dev.crowdlab.run.ConsensusMetrics.Method;
import dev.crowdlab.run.RunMetrics;
import dev.crowdlab.text.Plural;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Reports how far the consensus methods differ, where others than those of every run are asked for. */
final class MethodFindings {

    private final RunMetrics metrics;
    private final List<Method> methods;
    private final FindingList found = new FindingList();

    private MethodFindings(RunMetrics metrics) {
        this.metrics = metrics;
        methods = metrics.estimates().consensus().methods();
    }

    static List<Finding> of(RunMetrics metrics) {
        MethodFindings consensus = new MethodFindings(metrics);
        consensus.addDifferences();
        consensus.addUnknown();
        consensus.addUnsettled();
        return consensus.found.findings();
    }

    private void addDifferences() {
        if (methods.stream().allMatch(Method::isUsual)) {
            return;
        }
        List<Method> alternatives = methods.subList(1, methods.size());
        String accuracies = methods.stream()
                .filter(method -> method.accuracy().isPresent())
                .filter(method -> !method.equals(methods.get(0)) || !isUnknown(method))
                .map(MethodFindings::accuracy)
                .collect(Collectors.joining(" "));
        double most = alternatives.stream()
                .mapToDouble(method -> 1 - method.equalShare())
                .max()
                .orElse(0);
        if (!alternatives.isEmpty()) {
            found.info(
                    FindingCode.METHODS_DIFFER,
                    differences(alternatives) + (accuracies.isEmpty() ? "" : " " + accuracies) + gold(),
                    most);
        } else if (!accuracies.isEmpty()) {
            found.info(
                    FindingCode.ESTIMATED_ACCURACY,
                    accuracies,
                    methods.get(0).accuracy().orElseThrow().estimate());
        }
    }

    /** Warns where the published scores are too confident to say how many labels are right. */
    private void addUnknown() {
        if (!methods.isEmpty() && isUnknown(methods.get(0))) {
            Accuracy accuracy = methods.get(0).accuracy().orElseThrow();
            found.add(
                    FindingCode.ESTIMATED_ACCURACY,
                    Severity.WARN,
                    Wording.of(accuracy(methods.get(0)))
                            .text(" Do not read its scores as probabilities; have more examples labeled twice."),
                    accuracy.overlap(),
                    Accuracy.MIN_OVERLAP);
        }
    }

    private static boolean isUnknown(Method method) {
        return method.accuracy().map(accuracy -> !accuracy.isKnown()).orElse(false);
    }

    private String differences(List<Method> alternatives) {
        return "Of " + metrics.exampleCount() + " labels by "
                + methods.get(0).name() + ", "
                + alternatives.stream()
                        .map(method -> String.format(
                                Locale.ROOT, "%.1f %% differ under %s", 100 * (1 - method.equalShare()), method.name()))
                        .collect(Collectors.joining(", "))
                + "; see alternative_consensus.";
    }

    /** How often each method is right on gold; empty if there is none. */
    private String gold() {
        List<Method> measured =
                methods.stream().filter(method -> method.gold().count() > 0).toList();
        if (measured.isEmpty()) {
            return "";
        }
        return " Right on " + Plural.of(measured.get(0).gold().count(), "example", "examples") + " with gold: "
                + measured.stream()
                        .map(method -> String.format(
                                Locale.ROOT,
                                "%.1f %% (%.1f to %.1f %%) by %s",
                                100 * method.gold().share(),
                                100 * method.gold().lower(),
                                100 * method.gold().upper(),
                                method.name()))
                        .collect(Collectors.joining(", "))
                + ".";
    }

    private static String accuracy(Method method) {
        Accuracy accuracy = method.accuracy().orElseThrow();
        if (!accuracy.isKnown()) {
            return String.format(
                    Locale.ROOT,
                    "The method %s has no estimate of how many of its labels are right: %.1f %% of the examples have two"
                            + " or more annotations, and with predictions it would overstate itself below %.0f %%.",
                    method.name(),
                    100 * accuracy.overlap(),
                    100 * Accuracy.MIN_OVERLAP);
        }
        return String.format(
                Locale.ROOT,
                "The method %s expects %.1f %% of its labels to be right (90 %% interval %.1f to %.1f %%).",
                method.name(),
                100 * accuracy.estimate(),
                100 * accuracy.lower(),
                100 * accuracy.upper());
    }

    private void addUnsettled() {
        if (metrics.estimates().consensus().isUnsettled()) {
            found.warn(
                    FindingCode.DAWID_SKENE_UNSETTLED,
                    Wording.of("dawid_skene stopped at its maximum number of rounds,")
                            .text(" while its labels still changed a little. Some annotators have too few labels for a"
                                    + " matrix of their own; compare with committee."));
        }
    }
}
