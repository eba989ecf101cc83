package dev.crowdlab.report.machine;

import dev.crowdlab.report.figures.MachineFigures;
import dev.crowdlab.report.figures.MachineFigures.Machine;
import dev.crowdlab.report.figures.MachineFigures.Panel;
import dev.crowdlab.report.figures.MachineFigures.Source;
import dev.crowdlab.report.machine.MachineView.Bar;
import dev.crowdlab.report.machine.MachineView.Row;
import dev.crowdlab.report.picture.Scale;
import dev.crowdlab.report.picture.Svg;
import dev.crowdlab.report.picture.Tick;
import dev.crowdlab.report.words.Context;
import dev.crowdlab.report.words.Numbers;
import dev.crowdlab.report.words.Prose;
import dev.crowdlab.report.words.Shown;
import dev.crowdlab.report.words.Words;
import dev.crowdlab.settings.DatasetSetting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Says and draws what machines are worth beside people. */
public final class MachineSection {

    static final int MAX_ROWS = 30;

    private static final int NAMED = 3;
    private static final double LEFT = 14;
    private static final double RIGHT = 284;
    private static final int QUARTERS = 4;

    /** Fewer votes lost than this are not seen in a number with one decimal. */
    private static final double LEAST = 0.05;

    private static final String BY_GOLD = "BY_GOLD";
    private static final String AGREES = "agrees with the others at least as well on ";

    private static final List<String> COUNTS = List.of(
            "No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve");

    private final Context context;
    private final MachineFigures machines;
    private final Scale scale = Scale.linear(0, 1, LEFT, RIGHT);

    public MachineSection(Context context) {
        this.context = context;
        machines = context.figures().machines();
    }

    public MachineView view() {
        CorrectionPart correction = new CorrectionPart(context);
        boolean isGoldAlone =
                machines.panel().isEmpty() && machines.correction().isPresent();
        return new MachineView(
                isGoldAlone ? "Correction by gold" : "People and machines",
                isGoldAlone ? correction.lead() : saying(),
                machines.panel().isEmpty() && machines.correction().isEmpty(),
                IntStream.rangeClosed(0, QUARTERS)
                        .mapToObj(quarter -> new Tick(
                                Svg.number(scale.at((double) quarter / QUARTERS)),
                                Numbers.percent((double) quarter / QUARTERS)))
                        .toList(),
                machines.machines().stream().limit(MAX_ROWS).map(this::row).toList(),
                more(),
                new ErrorMatrix(context).errors().orElse(null),
                machines.machines().isEmpty() ? List.of() : remarks(),
                correction.gold(!isGoldAlone).orElse(null));
    }

    private Prose saying() {
        Optional<Panel> found = machines.panel();
        if (found.isEmpty()) {
            return Prose.begin()
                    .text("All annotators count as people. Language models among them are declared with the setting ")
                    .code(DatasetSetting.MACHINES.name())
                    .text(".")
                    .end();
        }
        Panel panel = found.get();
        if (machines.machines().isEmpty()) {
            return Prose.begin()
                    .text("No annotator is a machine by the setting ")
                    .code(DatasetSetting.MACHINES.name())
                    .text(" or by the input.")
                    .end();
        }
        return switch (panel.status()) {
            case "ANCHORED" -> anchored(panel);
            case "NO_ANCHOR" ->
                Prose.of("Machines are not used, since people cannot judge them: "
                        + Words.count(panel.anchors(), "example has", "examples have")
                        + " labels of two people, and 50 must.");
            case BY_GOLD ->
                Prose.of("Machines count as annotators, measured by gold, since people cannot judge them: "
                        + Words.count(panel.anchors(), "example has", "examples have")
                        + " labels of two people, and 50 must.");
            case "NO_MACHINES" ->
                Prose.of("Machines are not used: none has 30 labels of examples that people labeled too.");
            default -> Prose.of("Machines are not used with more than 64 classes.");
        };
    }

    private Prose anchored(Panel panel) {
        Prose.Builder saying = Prose.begin();
        if (panel.size() == 1) {
            saying.text("One machine counts as one more model beside people. ");
        } else {
            String votes = Numbers.fixed(panel.votes(), 1);
            boolean isOne = votes.equals("1.0");
            saying.text(count(panel.size()) + " machines are worth ")
                    .bold(isOne ? "one vote" : votes + " independent votes")
                    .text(since(panel, isOne));
        }
        return replacing(saying).end();
    }

    private static String since(Panel panel, boolean isOne) {
        if (isOne) {
            return ", since they make the same mistakes. ";
        }
        boolean areIndependent = panel.size() - panel.votes() < LEAST;
        if (areIndependent) {
            return ". ";
        }
        return ", since they " + (2 * panel.votes() > panel.size() ? "sometimes" : "often")
                + " make the same mistakes. ";
    }

    private static String count(int count) {
        return count < COUNTS.size() ? COUNTS.get(count) : Numbers.count(count);
    }

    private Prose.Builder replacing(Prose.Builder saying) {
        List<Machine> passing = used(Machine::mayReplace);
        long tested = used(machine -> machine.omega() >= 0).size();
        if (tested == 0) {
            return saying.text(
                    "Whether one of them may replace a person cannot be told: that takes three people with 30"
                            + " labels of examples that the machine and another person labeled.");
        }
        if (passing.isEmpty()) {
            return saying.text(
                    tested == 1
                            ? "It is not shown to be as good as a person."
                            : "None of them is shown to be as good as a person.");
        }
        int named = Math.min(NAMED, passing.size());
        for (int i = 0; i < named; i++) {
            saying.text(i == 0 ? "" : i == passing.size() - 1 ? " and " : ", ")
                    .id(context.annotators().inSentence(passing.get(i).id()));
        }
        if (passing.size() > NAMED) {
            saying.text(" and " + Numbers.count(passing.size() - NAMED) + " more");
        }
        long others = tested - passing.size();
        return saying.text(" may replace a person"
                + (others == 0
                        ? "."
                        : "; " + Words.count(others, "other is", "others are") + " not shown to be as good."));
    }

    private List<Machine> used(Predicate<Machine> which) {
        return machines.machines().stream()
                .filter(Machine::isUsed)
                .filter(which)
                .toList();
    }

    private Row row(Machine machine) {
        boolean isKnown = !Double.isNaN(machine.accuracy().value());
        return new Row(
                context.annotators().inTable(machine.id()),
                family(machine) + Words.count(machine.overlap(), "common example", "common examples"),
                Numbers.percent(machine.accuracy().value()),
                isKnown
                        ? Numbers.fixed(100 * machine.accuracy().lower(), 0) + " to "
                                + Numbers.percent(machine.accuracy().upper())
                        : Numbers.NONE,
                isKnown
                        ? new Bar(
                                Svg.number(scale.at(machine.accuracy().value())),
                                Svg.number(scale.at(machine.accuracy().lower())),
                                Svg.number(scale.at(machine.accuracy().upper())))
                        : null,
                verdict(machine),
                reason(machine));
    }

    private static String family(Machine machine) {
        return machine.family().isEmpty()
                ? ""
                : Shown.of(machine.family(), Shown.IN_TABLE).plain() + ", ";
    }

    private boolean isByGold() {
        return machines.panel().filter(panel -> panel.status().equals(BY_GOLD)).isPresent();
    }

    private String verdict(Machine machine) {
        if (isByGold()) {
            return "Counts as an annotator";
        }
        if (!machine.isUsed()) {
            return "Not used";
        }
        return switch (machine.verdict()) {
            case "PASS" -> "May replace a person";
            case "FAIL" -> "Not shown to be as good";
            default -> "Cannot be told";
        };
    }

    private String reason(Machine machine) {
        if (isByGold()) {
            return "its figures are among those of the annotators";
        }
        if (machine.status().equals("NO_OVERLAP")) {
            return "fewer than 30 examples in common with people";
        }
        if (!machine.isUsed()) {
            return "people cannot judge machines here";
        }
        return Double.isNaN(machine.omega())
                ? "fewer than three people have enough labels in common with it"
                : "passes against " + Numbers.percent(machine.omega()) + " of the people; " + AGREES
                        + Numbers.percent(machine.advantage()) + " of the examples";
    }

    private Prose more() {
        int left = machines.machines().size() - MAX_ROWS;
        return left <= 0
                ? Prose.NONE
                : Prose.begin()
                        .text(Words.count(left, "more machine:", "more machines:") + " ")
                        .code("machine_stats")
                        .text(".")
                        .end();
    }

    private List<Prose> remarks() {
        List<Prose> remarks = new ArrayList<>();
        remarks.add(Prose.of(
                "Right is the share of a machine’s labels that the consensus of people bears out on their common examples, those"
                        + " that both labeled, with a 90\u202f% interval."));
        remarks.add(Prose.of(
                "A machine passes against a person if it agrees with the other people as often as that person does, but for a"
                        + " tolerance of 0.1, by more than chance; it may replace a person if it passes against half of them. With"
                        + " many annotators of few labels each the test seldom passes even a good machine: then look at how often"
                        + " it agrees at least as well."));
        sources().ifPresent(remarks::add);
        machines.panel()
                .map(Panel::weight)
                .filter(weight ->
                        !Double.isNaN(weight) && context.figures().consensus().areOfCommittee())
                .ifPresent(weight -> remarks.add(Prose.of("In the consensus the machines together count for "
                        + Numbers.score(weight)
                        + ": 0 ignores them, 1 takes their prediction at its word, 2 is the maximum.")));
        return remarks;
    }

    private Optional<Prose> sources() {
        long all = machines.sources().stream().mapToLong(Source::labels).sum();
        return machines.ofMachinesAlone()
                .map(
                        alone -> Prose.of(
                                "Of " + Words.count(all, "label", "labels") + ", "
                                        + Words.count(alone.labels(), "rests", "rest") + " on machines alone; "
                                        + Numbers.percent(alone.quality())
                                        + " of these are expected to be right; where truth was known, such estimates were 5 to 11 points too low."));
    }
}
