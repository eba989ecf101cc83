package dev.crowdlab.job;

import dev.crowdlab.results.ResultTableDefinitions;
import dev.crowdlab.results.ResultTables;
import dev.crowdlab.results.SummaryTables;
import dev.crowdlab.results.copy.ResultTable;
import dev.crowdlab.results.copy.ResultTableDefinition;
import dev.crowdlab.settings.DatasetSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.springframework.batch.core.step.Step;

/** The steps that write the tables about annotators, models, rejected rows and the dataset as a whole. */
final class SummarySteps {

    private final Writing writing;
    private final List<Step> steps = new ArrayList<>();

    private SummarySteps(Writing writing) {
        this.writing = writing;
    }

    /** Creates a step that writes a table. */
    interface Writing {

        Step write(String name, ResultTableDefinition definition, Function<ResultTables, ResultTable> table);
    }

    /**
     * Returns the steps in their order; that of run_class only where the posterior is stored, the last only where there
     * is gold.
     */
    static List<Step> of(DatasetSettings settings, Writing writing) {
        SummarySteps all = new SummarySteps(writing);
        boolean hasGold = settings.gold() != null;
        all.add(
                "writeAnnotatorStats",
                hasGold ? ResultTableDefinitions.ANNOTATOR_STATS_WITH_GOLD : ResultTableDefinitions.ANNOTATOR_STATS,
                ResultTables::annotatorStats);
        all.summary(
                "writeAnnotatorConfusion",
                ResultTableDefinitions.ANNOTATOR_CONFUSION,
                SummaryTables::annotatorConfusion);
        all.summary("writeAnnotatorPair", ResultTableDefinitions.ANNOTATOR_PAIR, SummaryTables::annotatorPair);
        all.add(
                "writeAnnotatorPeriod",
                ResultTableDefinitions.ANNOTATOR_PERIOD,
                tables -> tables.annotatorPeriod(settings.periods()));
        all.add("writeLabelQualityBin", ResultTableDefinitions.LABEL_QUALITY_BIN, ResultTables::labelQualityBin);
        if (settings.methods().storesPosterior()) {
            all.summary("writeRunClass", ResultTableDefinitions.RUN_CLASS, SummaryTables::runClass);
        }
        all.summary("writeDatasetStats", ResultTableDefinitions.DATASET_STATS, SummaryTables::datasetStats);
        all.summary("writeRunModel", ResultTableDefinitions.RUN_MODEL, SummaryTables::runModel);
        all.summary("writeRunConsensus", ResultTableDefinitions.RUN_CONSENSUS, SummaryTables::runConsensus);
        all.summary("writeRunExpert", ResultTableDefinitions.RUN_EXPERT, SummaryTables::runExpert);
        all.summary("writeRunExpertModel", ResultTableDefinitions.RUN_EXPERT_MODEL, SummaryTables::runExpertModel);
        all.summary("writeRejectedRow", ResultTableDefinitions.REJECTED_ROW, SummaryTables::rejectedRow);
        all.summary("writeRejectedCount", ResultTableDefinitions.REJECTED_COUNT, SummaryTables::rejectedCount);
        if (hasGold) {
            all.summary("writeCalibrationBin", ResultTableDefinitions.CALIBRATION_BIN, SummaryTables::calibrationBin);
        }
        return all.steps;
    }

    private void summary(String name, ResultTableDefinition definition, Function<SummaryTables, ResultTable> table) {
        add(name, definition, tables -> table.apply(tables.summaries()));
    }

    private void add(String name, ResultTableDefinition definition, Function<ResultTables, ResultTable> table) {
        steps.add(writing.write(name, definition, table));
    }
}
