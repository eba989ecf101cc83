package dev.crowdlab.job;

import static dev.crowdlab.job.step.StepFactory.flow;
import static java.util.stream.Collectors.joining;

import dev.crowdlab.engine.ActiveLabScores;
import dev.crowdlab.job.AnalysisTasks.Analyzed;
import dev.crowdlab.job.RunTasklets.Opened;
import dev.crowdlab.job.step.Slot;
import dev.crowdlab.job.step.StepFactory;
import dev.crowdlab.results.ExampleTables;
import dev.crowdlab.results.ResultTableDefinitions;
import dev.crowdlab.results.ResultTables;
import dev.crowdlab.results.RunFeature;
import dev.crowdlab.results.SummaryTable;
import dev.crowdlab.results.SummaryTables;
import dev.crowdlab.results.copy.ResultTable;
import dev.crowdlab.results.copy.ResultTableDefinition;
import dev.crowdlab.results.copy.WrittenTable;
import dev.crowdlab.run.RunDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.batch.core.job.flow.Flow;
import org.springframework.batch.core.step.Step;
import org.springframework.util.StringUtils;

/** The steps of one run that write the results, in flows that can run concurrently. */
final class TableSteps {

    private final RunDescriptor run;
    private final StepFactory steps;
    private final RowSteps rows;
    private final RunTasklets tasks;
    private final Slot<Analyzed> analyzed;

    private final Slot<Optional<ActiveLabScores>> activeLab = new Slot<>("scoreActiveLearning");
    private final List<Slot<WrittenTable>> written = new ArrayList<>();
    private final Slot<Optional<WrittenTable>> labelChange = new Slot<>("writeLabelChange");

    /**
     * @param analyzed full before the first step begins
     */
    TableSteps(RunDescriptor run, StepFactory steps, RowSteps rows, RunTasklets tasks, Slot<Analyzed> analyzed) {
        this.run = run;
        this.steps = steps;
        this.rows = rows;
        this.tasks = tasks;
        this.analyzed = analyzed;
    }

    /**
     * Flows start in this order as threads become free. The longest come first, so that none is left running alone.
     *
     * @param opened full before the first step begins
     */
    List<Flow> flows(Slot<Opened> opened) {
        List<Flow> flows = new ArrayList<>(onDemand());
        flows.add(flow(
                "detailedLabelQuality",
                writeExamples(
                        "writeDetailedLabelQuality",
                        ResultTableDefinitions.DETAILED_LABEL_QUALITY,
                        ExampleTables::detailedLabelQuality)));
        flows.add(activeLearning());
        flows.add(flow(
                "labelQuality",
                write(
                        "writeLabelQuality",
                        ResultTableDefinitions.labelQuality(run.features()),
                        tables -> tables.labelQuality(run.features()))));
        flows.add(flow(
                "alternativeConsensus",
                writeExamples(
                        "writeAlternativeConsensus",
                        ResultTableDefinitions.ALTERNATIVE_CONSENSUS,
                        ExampleTables::alternativeConsensus)));
        flows.add(flow(
                "labelChange",
                steps.single(
                        "writeLabelChange",
                        execution -> labelChange.put(tasks.writeLabelChange(opened.get(), analyzed.get())))));
        flows.add(smallTables());
        return flows;
    }

    /** What is written only if the settings ask for it. */
    private List<Flow> onDemand() {
        List<Flow> flows = new ArrayList<>();
        if (run.settings().methods().storesSoftLabels()) {
            flows.add(flow(
                    "softLabel", write("writeSoftLabel", ResultTableDefinitions.SOFT_LABEL, ResultTables::softLabel)));
        }
        if (run.settings().methods().storesPosterior()) {
            flows.add(flow(
                    "labelPosterior",
                    write(
                            "writeLabelPosterior",
                            ResultTableDefinitions.labelPosterior(run.features()),
                            ResultTables::labelPosterior)));
        }
        if (run.settings().methods().asking().stop().isPresent()) {
            flows.add(flow(
                    "labelState",
                    write(
                            "writeLabelState",
                            ResultTableDefinitions.LABEL_STATE,
                            tables -> tables.labelState(run.asOf()))));
        }
        return flows;
    }

    private Flow activeLearning() {
        Step score = steps.single("scoreActiveLearning", execution -> scoreActiveLearning());
        Step write = writeExamples(
                "writeActiveLearningScore",
                ResultTableDefinitions.ACTIVE_LEARNING_SCORE,
                tables -> tables.activeLearningScore(activeLab.get()));
        return flow(
                "activeLearning",
                Stream.concat(Stream.of(score, write), summaries(SummaryTable::usesScores))
                        .toArray(Step[]::new));
    }

    /** Scores what was analyzed; a dry run does no more than this. */
    void scoreActiveLearning() {
        activeLab.put(tasks.analysis().scoreActiveLearning(analyzed.get().dataset()));
    }

    /** Written one after another, since even so they finish before the largest table. */
    private Flow smallTables() {
        return flow("annotators", summaries(table -> !table.usesScores()).toArray(Step[]::new));
    }

    private Stream<Step> summaries(Predicate<SummaryTable<?>> which) {
        Set<RunFeature> features = run.features();
        return SummaryTables.writtenWith(features).stream()
                .filter(which)
                .map(table -> write(
                        stepName(table),
                        table.definition(features),
                        tables -> table.rows(
                                run.runId(),
                                features,
                                tables.summaries(run.settings().periods(), activeLab::get))));
    }

    /** The name of the step that writes the table. */
    static String stepName(SummaryTable<?> table) {
        return "write"
                + Stream.of(table.definition().name().split("_"))
                        .map(StringUtils::capitalize)
                        .collect(joining());
    }

    private Step writeExamples(
            String name, ResultTableDefinition definition, Function<ExampleTables, ResultTable> table) {
        return write(name, definition, tables -> table.apply(tables.examples()));
    }

    private Step write(String name, ResultTableDefinition definition, Function<ResultTables, ResultTable> table) {
        Slot<WrittenTable> slot = new Slot<>(name);
        written.add(slot);
        return rows.write(name, definition, () -> table.apply(analyzed.get().tables()), slot);
    }

    /** The tables that the steps have written, once all of them have. */
    List<WrittenTable> written() {
        return Stream.concat(written.stream().map(Slot::get), labelChange.get().stream())
                .toList();
    }
}
