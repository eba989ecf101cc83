package dev.crowdlab.report.machine;

import dev.crowdlab.report.figures.MachineFigures;
import dev.crowdlab.report.figures.MachineFigures.Correction;
import dev.crowdlab.report.machine.MachineView.Gold;
import dev.crowdlab.report.machine.MachineView.Weight;
import dev.crowdlab.report.picture.Svg;
import dev.crowdlab.report.words.Context;
import dev.crowdlab.report.words.Numbers;
import dev.crowdlab.report.words.Prose;
import dev.crowdlab.report.words.Words;
import dev.crowdlab.settings.DatasetSetting;
import java.util.List;
import java.util.Optional;

/** Says what gold did to the labels, and shows by which weights. */
final class CorrectionPart {

    private static final double BAR = 120;
    private static final int MIN_GOLD = 20;

    private final Context context;
    private final MachineFigures figures;

    CorrectionPart(Context context) {
        this.context = context;
        figures = context.figures().machines();
    }

    /** What it did, in a sentence; empty without a correction. */
    Prose lead() {
        return figures.correction().map(CorrectionPart::lead).orElse(Prose.NONE);
    }

    /** @param withLead whether its text begins with the lead, which else stands over the section */
    Optional<Gold> gold(boolean withLead) {
        return figures.correction()
                .map(correction -> new Gold(
                        withLead
                                ? Prose.begin()
                                        .all(lead(correction))
                                        .text(" ")
                                        .all(evidence(correction))
                                        .end()
                                : evidence(correction),
                        weights(),
                        remarks(correction)));
    }

    private static Prose lead(Correction correction) {
        Prose.Builder lead = Prose.begin();
        switch (correction.status()) {
            case "CHANGED" -> lead.text("Labels were ").bold("corrected").text(" by what ");
            case "KEPT" -> lead.text("Labels were ").bold("kept").text(" as they are after a look at ");
            default -> {
                return lead.text("Gold changes and measures nothing: there are "
                                + Words.count(correction.gold(), "gold label", "gold labels")
                                + " of examples with labels, and at least " + MIN_GOLD + " are needed.")
                        .end();
            }
        }
        lead.text(Words.count(correction.gold(), "gold label", "gold labels"))
                .text(correction.status().equals("CHANGED") ? " say" : "");
        if (!Double.isNaN(correction.accuracy().value())) {
            lead.text("; ")
                    .bold(Numbers.percent(correction.accuracy().value()))
                    .text(" of the labels of examples without gold are right (90\u202f% interval "
                            + Numbers.fixed(100 * correction.accuracy().lower(), 0) + " to "
                            + Numbers.percent(correction.accuracy().upper()) + ")");
        }
        return lead.text(".").end();
    }

    private static Prose evidence(Correction correction) {
        if (correction.status().equals("TOO_LITTLE_GOLD")) {
            return Prose.NONE;
        }
        if (correction.wins() < 0) {
            return Prose.begin()
                    .text("No correction was tried: there is less gold than ")
                    .code(DatasetSetting.GOLD_MINIMUM.name())
                    .text(", or all of it is of one class.")
                    .end();
        }
        Prose.Builder evidence = Prose.begin()
                .text("In cross-validation the correction was right and the consensus wrong on "
                        + Words.count(correction.wins(), "gold example", "gold examples")
                        + ", and the other way round on " + Numbers.count(correction.losses()));
        return correction.status().equals("CHANGED")
                ? evidence.text("; it was held to the consensus with strength "
                                + Numbers.shortScore(correction.strength()) + " of 1 to 64.")
                        .end()
                : evidence.text(", which is no clear gain.").end();
    }

    private List<Weight> weights() {
        double largest = figures.weights().stream()
                .mapToDouble(weight -> Math.abs(weight.weight()))
                .max()
                .orElse(1);
        return figures.weights().stream()
                .map(weight -> new Weight(
                        feature(weight),
                        Numbers.score(weight.weight()),
                        Svg.number(BAR * Math.abs(weight.weight()) / largest),
                        weight.weight() < 0))
                .toList();
    }

    private Prose feature(MachineFigures.Weight weight) {
        return switch (weight.feature()) {
            case "consensus" -> Prose.of("Probability by the consensus");
            case "votes" -> Prose.of("Share of the labels given");
            case "class" ->
                Prose.begin()
                        .text("Class ")
                        .quoted(context.classes().inTable(weight.label()), false)
                        .end();
            default ->
                Prose.begin()
                        .text("Label by ")
                        .id(context.annotators().inTable(weight.annotator()))
                        .end();
        };
    }

    private static List<Prose> remarks(Correction correction) {
        return correction.status().equals("TOO_LITTLE_GOLD")
                ? List.of()
                : List.of(Prose.begin()
                        .text("This holds for examples like those with gold: draw them with the command ")
                        .code("sample")
                        .text(", and not the hard ones.")
                        .end());
    }
}
