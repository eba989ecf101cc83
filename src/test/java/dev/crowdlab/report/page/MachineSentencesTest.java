package dev.crowdlab.report.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.report.FiguresFixture;
import dev.crowdlab.report.figures.AnnotatorFigures.Interval;
import dev.crowdlab.report.figures.MachineFigures;
import dev.crowdlab.report.figures.MachineFigures.Correction;
import dev.crowdlab.report.figures.MachineFigures.Machine;
import dev.crowdlab.report.figures.MachineFigures.Pair;
import dev.crowdlab.report.figures.MachineFigures.Panel;
import dev.crowdlab.report.figures.ReportFigures;
import dev.crowdlab.report.machine.MachineSection;
import dev.crowdlab.report.machine.MachineView;
import dev.crowdlab.report.words.Context;
import dev.crowdlab.report.words.Prose;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MachineSentencesTest {

    private static final Interval UNKNOWN = new Interval(Double.NaN, Double.NaN, Double.NaN);

    private final ReportFigures figures = FiguresFixture.figures(40, 5, i -> "a-" + i);

    private static Machine machine(String id, String verdict) {
        boolean isTested = verdict.equals("PASS") || verdict.equals("FAIL");
        return new Machine(
                id,
                "gpt",
                200,
                new Interval(0.8, 0.75, 0.84),
                isTested ? 0.25 : Double.NaN,
                isTested ? 0.61 : Double.NaN,
                verdict,
                "USED");
    }

    private static Machine unused(String id, String status) {
        return new Machine(
                id, "", 9, UNKNOWN, Double.NaN, Double.NaN, status.equals("NO_OVERLAP") ? status : "", status);
    }

    private MachineView view(MachineFigures machines) {
        return new MachineSection(Context.of(FiguresFixture.with(figures, machines), false)).view();
    }

    private MachineView view(Panel panel, Machine... machines) {
        return view(new MachineFigures(
                Optional.of(panel), List.of(machines), List.of(), List.of(), Optional.empty(), List.of()));
    }

    private static Panel panel(int size, double votes) {
        return new Panel(size, 0.4, votes, 1, "ANCHORED", 200);
    }

    private static Panel idle(String status) {
        return new Panel(0, Double.NaN, Double.NaN, Double.NaN, status, 49);
    }

    private String saying(Panel panel, Machine... machines) {
        return view(panel, machines).saying().plain();
    }

    @Test
    void theSectionBeginsWithWhatTheyAreWorthAndWhomTheyMayReplace() {
        assertThat(saying(panel(6, 2.1), machine("gpt-4o", "PASS"), machine("b", "FAIL"), machine("c", "FAIL")))
                .isEqualTo("Six machines are worth 2.1 independent votes, since they often make the same mistakes."
                        + " gpt-4o may replace a person; 2 others are not shown to be as good.");
        assertThat(saying(panel(13, 1.02), machine("a", "FAIL"), machine("b", "FAIL")))
                .isEqualTo("13 machines are worth one vote, since they make the same mistakes."
                        + " None of them is shown to be as good as a person.");
        assertThat(saying(panel(6, 3.7), machine("a", "FAIL")))
                .startsWith(
                        "Six machines are worth 3.7 independent votes, since they sometimes make the same mistakes. ");
        assertThat(saying(panel(2, 1.98), machine("a", "PASS"), machine("b", "PASS")))
                .isEqualTo("Two machines are worth 2.0 independent votes. a and b may replace a person.");
        assertThat(saying(panel(1, 1), machine("a", "TOO_FEW_HUMANS")))
                .isEqualTo(
                        "One machine counts as one more model beside people. Whether one of them may replace a person"
                                + " cannot be told: that takes three people with 30 labels of examples that the machine and another"
                                + " person labeled.");
    }

    @Test
    void machinesThatAreNotUsedAreToldWhy() {
        assertThat(saying(idle("NO_ANCHOR"), unused("a", "NOT_ANCHORED")))
                .isEqualTo(
                        "Machines are not used, since people cannot judge them: 49 examples have labels of two people,"
                                + " and 50 must.");
        assertThat(saying(idle("NO_MACHINES"), unused("a", "NO_OVERLAP")))
                .isEqualTo("Machines are not used: none has 30 labels of examples that people labeled too.");
        assertThat(saying(idle("TOO_MANY_CLASSES"), unused("a", "NOT_ANCHORED")))
                .isEqualTo("Machines are not used with more than 64 classes.");
        assertThat(saying(idle("NO_MACHINES")))
                .isEqualTo("No annotator is a machine by the setting machines or by the input.");
        MachineView byGold = view(idle("BY_GOLD"), unused("a", "NOT_ANCHORED"));
        assertThat(byGold.saying().plain())
                .isEqualTo(
                        "Machines count as annotators, measured by gold, since people cannot judge them: 49 examples have"
                                + " labels of two people, and 50 must.");
        assertThat(byGold.rows().get(0).verdict()).isEqualTo("Counts as an annotator");
        MachineView view = view(idle("NO_MACHINES"), unused("a", "NO_OVERLAP"));
        assertThat(view.rows().get(0).verdict()).isEqualTo("Not used");
        assertThat(view.rows().get(0).reason()).isEqualTo("fewer than 30 examples in common with people");
        assertThat(view.rows().get(0).value()).isEqualTo("–");
        assertThat(view.rows().get(0).bar()).isNull();
    }

    @Test
    void withoutMachinesOneSentenceSaysHowToDeclareThem() {
        MachineView view = view(MachineFigures.NONE);
        assertThat(view.isNone()).isTrue();
        assertThat(view.saying().plain())
                .isEqualTo(
                        "All annotators count as people. Language models among them are declared with the setting machines.");
    }

    @Test
    void theFiguresBehindAVerdictAreTold() {
        MachineView view = view(panel(2, 1.5), machine("a", "FAIL"), machine("b", "TOO_FEW_HUMANS"));
        assertThat(view.rows().get(0).family()).isEqualTo("gpt, 200 common examples");
        assertThat(view.rows().get(0).value()).isEqualTo("80\u202f%");
        assertThat(view.rows().get(0).interval()).isEqualTo("75 to 84\u202f%");
        assertThat(view.rows().get(0).reason())
                .isEqualTo(
                        "passes against 25\u202f% of the people; agrees with the others at least as well on 61\u202f% of the"
                                + " examples");
        assertThat(view.rows().get(1).verdict()).isEqualTo("Cannot be told");
    }

    @Test
    void errorsStandByFamilyAndUnknownOnesAreDots() {
        List<Machine> machines = new ArrayList<>(IntStream.range(0, 18)
                .mapToObj(i -> new Machine("m" + i, i % 2 == 0 ? "gpt" : "claude", 99, UNKNOWN, 0, 0, "FAIL", "USED"))
                .toList());
        MachineView view = view(new MachineFigures(
                Optional.of(panel(18, 3)),
                machines,
                List.of(
                        new Pair("m1", "m3", 99, 0.334),
                        new Pair("m1", "m5", 99, -0.2),
                        new Pair("m3", "m5", 9, Double.NaN)),
                List.of(),
                Optional.empty(),
                List.of()));
        assertThat(view.errors()).isNotNull();
        assertThat(view.errors().heads()).hasSize(16);
        assertThat(view.errors().heads().get(7).plain()).isEqualTo("m15");
        assertThat(view.errors().heads().get(8).plain()).isEqualTo("m0");
        assertThat(view.errors().rows().get(1).cells().get(0))
                .isEqualTo(new MachineView.Cell(
                        "m3", "0.33", "m3 and m1: errors correlate with 0.33 on 99 examples in common"));
        assertThat(view.errors().rows().get(2).cells().get(0).kind()).isEqualTo("m0");
        assertThat(view.errors().rows().get(2).cells().get(0).text()).isEqualTo("−0.20");
        assertThat(view.errors().rows().get(2).cells().get(1).text()).isEqualTo("·");
        assertThat(view.errors().rows().get(1).cells().get(2).text()).isEqualTo("9");
        assertThat(view.errors().reading().get(0).plain())
                .startsWith("The 16 machines that are right most often, by family.");
    }

    private MachineView corrected(String status, long wins) {
        boolean isKnown = !status.equals("TOO_LITTLE_GOLD");
        return view(new MachineFigures(
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                Optional.of(new Correction(
                        status,
                        4,
                        wins,
                        wins < 0 ? -1 : 8,
                        isKnown ? 240 : 19,
                        isKnown ? new Interval(0.87, 0.83, 0.9) : UNKNOWN)),
                List.of()));
    }

    @Test
    void goldAloneIsTold() {
        MachineView changed = corrected("CHANGED", 31);
        assertThat(changed.title()).isEqualTo("Correction by gold");
        assertThat(changed.saying().plain())
                .isEqualTo(
                        "Labels were corrected by what 240 gold labels say; 87\u202f% of the labels of examples without gold are"
                                + " right (90\u202f% interval 83 to 90\u202f%).");
        assertThat(gold(changed))
                .isEqualTo(
                        "In cross-validation the correction was right and the consensus wrong on 31 gold examples, and the"
                                + " other way round on 8; it was held to the consensus with strength 4 of 1 to 64.");
        MachineView kept = corrected("KEPT", 9);
        assertThat(kept.saying().plain())
                .startsWith("Labels were kept as they are after a look at 240 gold labels; 87\u202f%");
        assertThat(gold(kept)).endsWith("and the other way round on 8, which is no clear gain.");
        assertThat(gold(corrected("KEPT", -1)))
                .isEqualTo(
                        "No correction was tried: there is less gold than gold-minimum, or all of it is of one class.");
        assertThat(corrected("TOO_LITTLE_GOLD", -1).saying().plain())
                .isEqualTo(
                        "Gold changes and measures nothing: there are 19 gold labels of examples with labels, and at least 20"
                                + " are needed.");
    }

    private static String gold(MachineView view) {
        assertThat(view.gold()).isNotNull();
        return view.gold().saying().plain();
    }

    @Test
    void besideMachinesGoldHasAPartOfItsOwn() {
        MachineView view = view(figures.machines());
        assertThat(view.title()).isEqualTo("People and machines");
        assertThat(gold(view)).startsWith("Labels were corrected").contains("In cross-validation");
        assertThat(view.gold()).isNotNull();
        assertThat(view.gold().weights())
                .extracting(weight -> weight.feature().plain())
                .containsExactly(
                        "Label by a-900000",
                        "Class “a-1000000”",
                        "Probability by the consensus",
                        "Share of the labels given");
        assertThat(view.remarks().stream().map(Prose::plain))
                .contains(
                        "Of 2,621 labels, 1,017 rest on machines alone; 76\u202f% of these are expected to be right; where truth"
                                + " was known, such estimates were 5 to 11 points too low.",
                        "In the consensus the machines together count for 1.24: 0 ignores them, 1 takes their prediction at its word,"
                                + " 2 is the maximum.");
    }

    @Test
    void pseudonymsHideMachinesButNotTheirFamilies() {
        String html = new String(new Page().html(figures, true), UTF_8);
        assertThat(html).doesNotContain("a-90000").contains("a-1910000, 1,204 common examples");
    }
}
