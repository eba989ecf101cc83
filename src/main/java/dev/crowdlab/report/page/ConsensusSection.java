package dev.crowdlab.report.page;

import dev.crowdlab.report.figures.ConsensusFigures;
import dev.crowdlab.report.figures.ConsensusFigures.Expert;
import dev.crowdlab.report.figures.ConsensusFigures.Method;
import dev.crowdlab.report.figures.ConsensusFigures.Model;
import dev.crowdlab.report.figures.ConsensusFigures.Share;
import dev.crowdlab.report.page.ConsensusView.Column;
import dev.crowdlab.report.page.ConsensusView.Table;
import dev.crowdlab.report.words.Context;
import dev.crowdlab.report.words.Numbers;
import dev.crowdlab.report.words.Prose;
import dev.crowdlab.report.words.Shown;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** Puts the consensus methods side by side. */
final class ConsensusSection {

    private static final int MAX_MODELS = 12;

    private final ConsensusFigures consensus;

    ConsensusSection(Context context) {
        consensus = context.figures().consensus();
    }

    ConsensusView view() {
        boolean isNone = consensus.methods().isEmpty();
        Head head = new Head("methods", "Consensus methods", saying(), isNone);
        return new ConsensusView(
                head,
                methods(),
                new CalibrationPictures(consensus).view().orElse(null),
                experts(),
                isNone ? List.of() : remarks());
    }

    private Prose saying() {
        if (consensus.methods().isEmpty()) {
            return Prose.of(
                    "Consensus methods were not compared for this run, which was written by an earlier version.");
        }
        Method published = consensus.methods().get(0);
        if (consensus.methods().size() == 1) {
            return Prose.begin()
                    .text("The labels are those of ")
                    .code(published.name())
                    .text("; no other method was requested.")
                    .end();
        }
        Method other = consensus.methods().stream()
                .skip(1)
                .min(Comparator.comparingDouble(Method::equalShare))
                .orElseThrow();
        if (other.equalShare() == 1) {
            return Prose.begin()
                    .text("All methods give the labels of ")
                    .code(published.name())
                    .text(", which are published.")
                    .end();
        }
        return Prose.begin()
                .text("The labels are those of ")
                .code(published.name())
                .text("; ")
                .code(other.name())
                .text(" would give different labels to " + Numbers.percent(1 - other.equalShare())
                        + " of the examples.")
                .end();
    }

    private Table methods() {
        boolean hasEstimate = consensus.methods().stream()
                .anyMatch(method -> !Double.isNaN(method.estimated().value()));
        boolean hasGold = consensus.methods().stream().anyMatch(method -> method.goldCount() > 0);
        boolean hasRounds =
                consensus.methods().stream().anyMatch(method -> !method.rounds().isEmpty());
        List<Column> columns = new ArrayList<>();
        columns.add(new Column("Method", false));
        columns.add(new Column("Same labels", true));
        if (hasEstimate) {
            columns.add(new Column("Expected to be right", true));
        }
        if (hasGold) {
            columns.add(new Column("Right on gold", true));
        }
        if (hasRounds) {
            columns.add(new Column("Rounds", true));
        }
        List<List<Prose>> rows = new ArrayList<>();
        for (Method method : consensus.methods()) {
            List<Prose> row = new ArrayList<>();
            row.add(name(method));
            row.add(Prose.of(Numbers.percent(method.equalShare())));
            if (hasEstimate) {
                row.add(share(method.estimated()));
            }
            if (hasGold) {
                row.add(share(method.gold()));
            }
            if (hasRounds) {
                row.add(Prose.of(method.rounds().isEmpty() ? Numbers.NONE : method.rounds()));
            }
            rows.add(row);
        }
        return new Table(columns, rows);
    }

    private static Prose name(Method method) {
        return method.isPublished()
                ? Prose.begin().code(method.name()).text(", published").end()
                : Prose.begin().code(method.name()).end();
    }

    private static Prose share(Share share) {
        if (Double.isNaN(share.value())) {
            return Prose.of(Numbers.NONE);
        }
        return Prose.begin()
                .bold(Numbers.percent(share.value()))
                .muted(" (" + Numbers.percent(share.lower()) + " to " + Numbers.percent(share.upper()) + ")")
                .end();
    }

    private Table experts() {
        if (consensus.experts().isEmpty()) {
            return new Table(List.of(), List.of());
        }
        List<Column> columns = new ArrayList<>(List.of(new Column("Expert", false)));
        consensus.experts().forEach(expert -> columns.add(new Column(expert.name(), true)));
        List<List<Prose>> rows = new ArrayList<>();
        rows.add(row(Prose.of("Weight"), consensus.experts().stream().mapToDouble(Expert::weight)));
        for (Model model : consensus.models().stream().limit(MAX_MODELS).toList()) {
            Prose name = Prose.begin()
                    .text("λ of ")
                    .id(Shown.of(model.name(), Shown.IN_TABLE))
                    .end();
            rows.add(row(name, model.lambdas().stream().mapToDouble(Double::doubleValue)));
        }
        return new Table(columns, rows);
    }

    private static List<Prose> row(Prose name, DoubleStream values) {
        return Stream.concat(Stream.of(name), values.mapToObj(value -> Prose.of(Numbers.score(value))))
                .toList();
    }

    private List<Prose> remarks() {
        List<Prose> remarks = new ArrayList<>();
        boolean isEstimated = consensus.methods().stream()
                .anyMatch(method -> !Double.isNaN(method.estimated().value()));
        if (!consensus.experts().isEmpty() && !isEstimated) {
            remarks.add(Prose.begin()
                    .code("committee")
                    .text(
                            " has no estimate of how many labels are right: with predictions it would overstate itself, since too"
                                    + " few examples have two or more labels.")
                    .end());
        } else if (!consensus.experts().isEmpty()) {
            remarks.add(Prose.begin()
                    .text("The number of right labels is what ")
                    .code("committee")
                    .text(
                            " expects, with a 90\u202f% interval that reflects how far such estimates were off on public datasets. Scores"
                                    + " of the other methods are not probabilities. Each of its experts is weighted by how well it predicts an"
                                    + " annotation from the others of the example.")
                    .end());
        }
        if (!consensus.models().isEmpty()) {
            remarks.add(Prose.of(
                    "λ is how much an expert trusts a model: 0 ignores it, 1 uses its probabilities unchanged, 2 is the maximum."
                            + " It means little if the model was fitted to labels of these examples."));
        }
        if (consensus.models().size() > MAX_MODELS) {
            remarks.add(Prose.begin()
                    .text(Numbers.count(consensus.models().size() - MAX_MODELS) + " more models: ")
                    .code("run_expert_models")
                    .text(".")
                    .end());
        }
        return remarks;
    }
}
