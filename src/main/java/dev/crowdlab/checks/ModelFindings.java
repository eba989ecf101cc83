package dev.crowdlab.checks;

import dev.crowdlab.finding.Finding;
import dev.crowdlab.finding.Finding.Severity;
import dev.crowdlab.finding.FindingCode;
import dev.crowdlab.finding.Wording;
import dev.crowdlab.run.PublishedModels;
import dev.crowdlab.run.RunMetrics.ModelCoverage;
import dev.crowdlab.text.Plural;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares the models with those of the published run: labels change with them, whether or not anybody meant it. */
final class ModelFindings {

    private static final int NAMED = 5;
    private static final double POINTS = 0.2;
    /** One example more or less is a large share of a small dataset. */
    private static final int EXAMPLES = 2;

    private final ModelSource source;
    private final PublishedModels before;
    private final List<String> missing = new ArrayList<>();
    private final List<String> reduced = new ArrayList<>();
    private final List<String> added = new ArrayList<>();

    private ModelFindings(ModelSource source, PublishedModels before) {
        this.source = source;
        this.before = before;
    }

    /**
     * The finding that models are missing, are new, or cover far less than in the published run; never where no example
     * is labeled, since nothing can be covered then.
     */
    static Optional<Finding> of(ModelSource source, List<ModelCoverage> now, PublishedModels before) {
        if (now.stream().anyMatch(model -> model.labeledCount() == 0)) {
            return Optional.empty();
        }
        ModelFindings found = new ModelFindings(source, before);
        found.addMissing(now);
        now.forEach(found::add);
        return found.finding();
    }

    private void addMissing(List<ModelCoverage> now) {
        Set<String> predicting = now.stream()
                .filter(model -> model.predictedCount() > 0)
                .map(ModelCoverage::model)
                .collect(Collectors.toSet());
        before.coverages().keySet().stream()
                .filter(model -> !predicting.contains(model) && !hadNone(model))
                .forEach(model -> missing.add(former(model) + " and none in this run"));
    }

    private void add(ModelCoverage model) {
        boolean isPredicting = model.predictedCount() > 0;
        if (!before.coverages().containsKey(model.model()) || (hadNone(model.model()) && isPredicting)) {
            added.add("model '" + model.model() + "' is new and predicted " + counted(model));
        } else if (isPredicting && isFarLess(model)) {
            reduced.add(former(model.model()) + " and " + counted(model) + " in this run");
        }
    }

    private Optional<Double> coverage(String model) {
        return before.coverages().getOrDefault(model, Optional.empty());
    }

    private boolean hadNone(String model) {
        return coverage(model).filter(share -> share == 0).isPresent();
    }

    private boolean isFarLess(ModelCoverage model) {
        double now = share(model);
        return coverage(model.model())
                .filter(share -> now < share / 2 || now < share - POINTS)
                .filter(share -> Math.round(share * model.labeledCount()) - model.predictedCount() >= EXAMPLES)
                .isPresent();
    }

    private String former(String model) {
        return "model '" + model + "' predicted "
                + coverage(model)
                        .map(share -> percent(share) + " of the labeled")
                        .orElse("labeled") + " examples in run "
                + before.runId();
    }

    private static String counted(ModelCoverage model) {
        return model.predictedCount() + " of " + Plural.of(model.labeledCount(), "labeled example", "labeled examples")
                + " (" + percent(share(model)) + ")";
    }

    private static double share(ModelCoverage model) {
        return (double) model.predictedCount() / model.labeledCount();
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private Optional<Finding> finding() {
        int count = missing.size() + reduced.size() + added.size();
        if (count == 0) {
            return Optional.empty();
        }
        List<String> named = new ArrayList<>();
        List.of(missing, reduced, added)
                .forEach(models -> models.stream().limit(NAMED).forEach(named::add));
        String others = named.stream().skip(1).map(model -> "; " + model).collect(Collectors.joining());
        return Optional.of(Finding.of(
                FindingCode.MODELS_CHANGED,
                Severity.WARN,
                Wording.of(named.get(0).replaceFirst("^m", "M"))
                        .text(others + (count > named.size() ? "; and so on" : "") + ": " + advice() + "."),
                count,
                Double.NaN));
    }

    private String advice() {
        List<String> advice = new ArrayList<>();
        if (!missing.isEmpty() || !reduced.isEmpty()) {
            advice.add(source.ifMissing());
        }
        if (!added.isEmpty()) {
            advice.add("if a new model is not meant, " + source.leaveOut());
        }
        return String.join("; ", advice);
    }
}
