package dev.crowdlab.results;

import dev.crowdlab.dataset.AnnotatorHabits;
import dev.crowdlab.dataset.DatasetNames;
import dev.crowdlab.dataset.DatasetTotals;
import dev.crowdlab.dataset.GoldPeriods;
import dev.crowdlab.engine.Estimates;
import dev.crowdlab.results.period.AnnotatorPeriods;
import dev.crowdlab.results.period.AnnotatorTimes;
import dev.crowdlab.results.worklist.WorkLists;
import java.util.Optional;

/** What the summary tables of a run are made of. Each is computed when it is asked for, or was merged from parts. */
public interface RunResults {

    /** Annotators, classes and models. */
    DatasetNames names();

    /** The counts of the dataset. */
    DatasetTotals totals();

    /** What was found out about the dataset as a whole; empty if there was nothing to analyze. */
    Optional<Estimates> estimates();

    /** When each annotator labeled. */
    AnnotatorTimes times();

    /** How each annotator answers beside the labels that count. */
    AnnotatorHabits habits();

    /** The annotators by period; empty if there was nothing to analyze. */
    Optional<AnnotatorPeriods> periods();

    /** The periods that have shares of classes of their own. */
    GoldPeriods goldPeriods();

    /** What machines contribute; empty if none are declared. */
    Optional<MachineResults> machines();

    /** The consensus labels by quality. */
    LabelQualityBins qualityBins();

    /** The rows to look at first, which take the scores of ActiveLab. */
    WorkLists workLists();
}
