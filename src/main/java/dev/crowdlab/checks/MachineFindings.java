package dev.crowdlab.checks;

import dev.crowdlab.engine.machine.PanelFamily;
import dev.crowdlab.finding.Finding;
import dev.crowdlab.finding.Finding.Severity;
import dev.crowdlab.finding.FindingCode;
import dev.crowdlab.finding.Wording;
import dev.crowdlab.run.CorrectionMetrics;
import dev.crowdlab.run.MachineMetrics;
import dev.crowdlab.run.MachineMetrics.Drift;
import dev.crowdlab.run.MachineMetrics.Panel;
import dev.crowdlab.run.RunDescriptor;
import dev.crowdlab.settings.DatasetSetting;
import dev.crowdlab.settings.WrittenSettings;
import dev.crowdlab.text.Plural;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Reports annotators that look like machines, and what is known of those that are declared. */
final class MachineFindings {

    private static final int NAMED = 10;

    private final String setting;
    private final boolean isMeasured;
    private final FindingList found = new FindingList();

    private MachineFindings(String setting, boolean isMeasured) {
        this.setting = setting;
        this.isMeasured = isMeasured;
    }

    /** @param goldCount analyzed examples with a usable gold label */
    static List<Finding> of(RunDescriptor run, MachineMetrics machines, long goldCount) {
        MachineFindings findings = new MachineFindings(
                WrittenSettings.nameOf(run.settings().name(), DatasetSetting.MACHINES),
                goldCount >= CorrectionMetrics.MIN_GOLD);
        machines.panel().ifPresent(findings::add);
        findings.addDrifts(machines.drifts());
        findings.addIdle(machines.idlePatterns());
        findings.addSuspects(machines.suspects());
        return findings.found.findings();
    }

    private void addDrifts(List<Drift> drifts) {
        if (!drifts.isEmpty()) {
            found.warn(
                    FindingCode.MACHINE_DRIFT,
                    new MachineChanges(drifts)
                            .wording(Plural.of(drifts.size(), "machine agrees", "machines agree")
                                    + " with people less or more often than before:")
                            .lookup(" See machine_period."),
                    drifts.size());
        }
    }

    private void add(Panel panel) {
        switch (panel.status()) {
            case NO_ANCHOR ->
                found.add(
                        FindingCode.PANEL_WITHOUT_ANCHOR,
                        isMeasured ? Severity.WARN : Severity.FAIL,
                        noAnchor(panel),
                        (double) panel.anchors(),
                        MachineMetrics.MIN_ANCHORS);
            case BY_GOLD ->
                found.info(
                        FindingCode.PANEL_WITHOUT_ANCHOR,
                        Wording.of(machines(panel.machineCount()) + " counted as "
                                        + Plural.word(panel.machineCount(), "an annotator", "annotators")
                                        + " and measured by gold, since people cannot judge "
                                        + Plural.word(panel.machineCount(), "it", "them") + ":")
                                .text(" " + Plural.of(panel.anchors(), "example has", "examples have")
                                        + " labels of two people, and " + MachineMetrics.MIN_ANCHORS + " must."),
                        (double) panel.anchors());
            case NO_MACHINES ->
                found.warn(
                        FindingCode.PANEL_WITHOUT_ANCHOR,
                        Wording.of(machines(panel.machineCount()) + " not used:")
                                .text(
                                        " each shares fewer than 30 examples with people; let people label examples that machines"
                                                + " labeled."));
            case TOO_MANY_CLASSES ->
                found.warn(
                        FindingCode.PANEL_WITHOUT_ANCHOR,
                        Wording.of(machines(panel.machineCount()) + " not used:")
                                .text(" there are more than 64 classes."));
            case ANCHORED -> addJudged(panel);
        }
    }

    private static String machines(int count) {
        return Plural.of(count, "machine is", "machines are");
    }

    private Wording noAnchor(Panel panel) {
        return Wording.of(machines(panel.machineCount()) + " not used, since people cannot judge "
                        + Plural.word(panel.machineCount(), "it", "them") + ":")
                .text(" " + Plural.of(panel.anchors(), "example has", "examples have")
                        + " labels of two people, and " + MachineMetrics.MIN_ANCHORS + " must; have "
                        + Plural.of(MachineMetrics.MIN_ANCHORS - panel.anchors(), "more example", "more examples")
                        + " labeled twice, or give gold labels of " + CorrectionMetrics.MIN_GOLD
                        + " examples and write use-gold: anchor, or leave out " + setting + ".");
    }

    private void addJudged(Panel panel) {
        if (!panel.leftOut().isEmpty()) {
            found.warn(
                    FindingCode.MACHINES_LEFT_OUT,
                    Wording.of(panel.leftOut().size() + " of " + machines(panel.machineCount()) + " not used, with")
                            .text(" fewer than 30 labels of examples that people labeled: ")
                            .annotators(panel.leftOut(), NAMED)
                            .text("."),
                    panel.leftOut().size());
        }
        if (!panel.families().isEmpty()) {
            found.warnBeyond(
                    MachineMetrics.MUCH_SHARED,
                    FindingCode.FAMILY_SHARES_ERRORS,
                    panel.families().size() == 1 ? shared(panel.families().get(0)) : shared(panel.families()),
                    panel.families().stream()
                            .mapToDouble(PanelFamily::within)
                            .max()
                            .orElseThrow());
        }
        if (!panel.better().isEmpty()) {
            found.warn(
                    FindingCode.MACHINE_BETTER_THAN_PEOPLE,
                    Wording.of(Plural.of(panel.better().size(), "machine agrees", "machines agree")
                                    + " with people better than at least half of the people agree with each other:")
                            .text(" ")
                            .annotators(panel.better(), NAMED)
                            .text("; make sure that people do not see what machines answer.")
                            .lookup(" See machine_stats."),
                    panel.better().size());
        }
    }

    private static Wording shared(PanelFamily family) {
        return Wording.of(String.format(
                        Locale.ROOT,
                        "%d machines of the family %s are worth %.1f independent votes",
                        family.size(),
                        family.name(),
                        family.effectiveCount()))
                .text(String.format(
                        Locale.ROOT,
                        ": their errors correlate with %.2f%s.",
                        family.within(),
                        Double.isNaN(family.between())
                                ? ""
                                : String.format(Locale.ROOT, ", those of two families with %.2f", family.between())));
    }

    private static Wording shared(List<PanelFamily> families) {
        return Wording.of("Machines of " + families.size() + " families share errors:")
                .text(families.stream()
                        .map(family -> String.format(
                                Locale.ROOT,
                                " %d of %s are worth %.1f independent votes (their errors correlate with %.2f)",
                                family.size(),
                                family.name(),
                                family.effectiveCount(),
                                family.within()))
                        .collect(Collectors.joining(",", "", ".")));
    }

    private void addIdle(List<String> patterns) {
        if (!patterns.isEmpty()) {
            found.warn(
                    FindingCode.MACHINES_NOT_FOUND,
                    Wording.of(setting + " fits no annotator with")
                            .text(" "
                                    + patterns.stream()
                                            .map(pattern -> "'" + pattern + "'")
                                            .collect(Collectors.joining(", "))
                                    + "; a pattern stands for a whole id, and upper and lower case differ."),
                    patterns.size());
        }
    }

    private void addSuspects(List<String> ids) {
        if (!ids.isEmpty()) {
            found.warn(
                    FindingCode.LOOKS_LIKE_A_MACHINE,
                    Wording.of(Plural.of(
                                    ids.size(),
                                    "annotator votes like a person and has the name of a language model:",
                                    "annotators vote like people and have the names of language models:"))
                            .text(" ")
                            .annotators(ids, NAMED)
                            .text("; if " + Plural.word(ids.size(), "it is one, name it", "they are, name them")
                                    + " in " + setting + "."),
                    ids.size());
        }
    }
}
