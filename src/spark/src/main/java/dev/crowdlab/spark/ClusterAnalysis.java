package dev.crowdlab.spark;

import static java.util.Objects.requireNonNull;

import dev.crowdlab.dataset.AnnotatorKinds;
import dev.crowdlab.dataset.Dataset;
import dev.crowdlab.dataset.DatasetNames;
import dev.crowdlab.dataset.EngineInput;
import dev.crowdlab.dataset.GoldPeriods;
import dev.crowdlab.dataset.InputNames;
import dev.crowdlab.dataset.Period;
import dev.crowdlab.dataset.id.IdList;
import dev.crowdlab.dataset.rejection.InputRules;
import dev.crowdlab.engine.ActiveLab;
import dev.crowdlab.engine.Crowdlab;
import dev.crowdlab.engine.Estimates;
import dev.crowdlab.engine.MachineEstimates;
import dev.crowdlab.engine.annotator.ConfusionCounts;
import dev.crowdlab.engine.machine.Machines;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.Slice;
import dev.crowdlab.results.EarlierStates;
import dev.crowdlab.results.MachineCounts;
import dev.crowdlab.results.MachineResults;
import dev.crowdlab.results.SummaryTables;
import dev.crowdlab.results.copy.ResultReader;
import dev.crowdlab.results.copy.ResultTable;
import dev.crowdlab.results.copy.ResultTableDefinition;
import dev.crowdlab.run.RunMetrics;
import dev.crowdlab.run.RunMetricsCollector;
import dev.crowdlab.settings.DatasetSettings;
import dev.crowdlab.settings.MethodSettings;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * The dataset in the executors, and the results of its analysis.
 *
 * @param names annotators, classes and models
 * @param estimates about the dataset as a whole; empty if there was nothing to analyze
 * @param confusion who gave which label where the published consensus was which, by ranges of annotators; nothing if
 *     there was nothing to analyze
 * @param parts the dataset in parts, with the results for their examples
 * @param mixed of people and machines; empty if no machines are declared
 */
record ClusterAnalysis(
        DatasetNames names,
        Optional<Estimates> estimates,
        JavaRDD<ConfusionCounts> confusion,
        JavaRDD<AnalyzedPart> parts,
        Optional<Mixed> mixed) {

    private static final int TREE_DEPTH = 2;

    /**
     * What is known of people and machines.
     *
     * @param annotators the ids of both
     */
    record Mixed(IdList annotators, Machines machines, MachineEstimates estimates) {

        MachineResults with(MachineCounts counts) {
            return new MachineResults(annotators, AnnotatorKinds.NONE, machines, estimates, counts);
        }
    }

    /**
     * Builds the parts of the dataset, and analyzes them.
     *
     * @param published where the states of examples in the run published before are; empty if they have none
     */
    static ClusterAnalysis of(
            JavaSparkContext spark,
            JavaRDD<InputPart> input,
            InputNames inputNames,
            DatasetSettings settings,
            Optional<PublishedStates> published) {
        JavaRDD<Dataset> datasets = datasets(spark, input, inputNames, settings.inputRules());
        if (settings.methods().machines().areDeclared()) {
            return new MixedAnalysis(spark, datasets, settings).run();
        }
        DatasetNames names = datasets.map(DatasetNames::of).first();
        boolean hasExamples =
                datasets.map(part -> (long) part.examples().size()).reduce(Long::sum) > 0;
        GoldPeriods periods = goldPeriods(datasets, settings);
        JavaRDD<EarlierStates> earlier = earlierStates(datasets, published);
        SparkPassRunner passes = new SparkPassRunner(spark, slices(datasets, earlier, settings, periods));
        Optional<Estimates> estimates = hasExamples
                ? Optional.of(Crowdlab.estimate(passes, settings.options(1, periods.firstDays().length)))
                : Optional.empty();
        boolean isScored = settings.methods().activeLearning() && names.models().size() > 0;
        AnalyzedPart.Whole whole = AnalyzedPart.Whole.of(spark, estimates, settings);
        JavaRDD<AnalyzedPart> parts = datasets.zip(passes.slices())
                .zip(earlier)
                .map(part -> new AnalyzedPart(part._1()._1(), part._1()._2(), whole, part._2(), null, null));
        JavaRDD<ConfusionCounts> confusion = hasExamples ? passes.confusionRanges() : spark.emptyRDD();
        return new ClusterAnalysis(
                names, estimates, confusion, isScored ? scored(spark, datasets, parts) : parts, Optional.empty());
    }

    /** The rows of a table with a row for each example or annotation. */
    JavaRDD<Row> rows(SparkRunContext context, ResultTableDefinition table, RowDecoding decoding) {
        RunRows run = RunRows.of(context.run());
        int blockRows = context.settings().program().engine().blockRows();
        return parts.flatMap(part -> {
            ResultTable found = part.largeTables(run).stream()
                    .filter(large -> large.definition().name().equals(table.name()))
                    .findFirst()
                    .orElseThrow();
            return EncodedRowIterator.of(new ResultReader(found, blockRows), decoding);
        });
    }

    /** The rows of annotator_confusion. */
    JavaRDD<Row> confusionRows(JavaSparkContext spark, SparkRunContext context, RowDecoding decoding) {
        long runId = context.runId();
        int blockRows = context.settings().program().engine().blockRows();
        Broadcast<DatasetNames> sent = spark.broadcast(names);
        return confusion.flatMap(counts -> EncodedRowIterator.of(
                new ResultReader(SummaryTables.annotatorConfusion(runId, sent.value(), counts), blockRows), decoding));
    }

    /** The metrics of the run; the totals must be complete. */
    RunMetrics metrics(Summaries summaries, MethodSettings methods) {
        return mixed.map(found -> RunMetricsCollector.of(
                        names,
                        summaries.totals(),
                        estimates,
                        methods.machines(),
                        found.with(requireNonNull(summaries.machineCounts()))))
                .orElseGet(() -> RunMetricsCollector.of(names, summaries.totals(), estimates));
    }

    /** What the parts give for the tables about the dataset as a whole. */
    Summaries summaries(Period periods) {
        return parts.map(part -> part.summaries(periods)).treeReduce((one, other) -> {
            one.add(other);
            return one;
        });
    }

    private static JavaRDD<Dataset> datasets(
            JavaSparkContext spark, JavaRDD<InputPart> input, InputNames inputNames, InputRules rules) {
        spark.setJobDescription("assemble");
        Broadcast<InputNames> known = spark.broadcast(inputNames);
        JavaRDD<Dataset> local = input.map(
                part -> Dataset.ofPart(part.annotations(), part.predictions(), part.gold(), rules, known.value()));
        local.persist(StorageLevel.MEMORY_AND_DISK());
        Broadcast<IdList> annotators =
                spark.broadcast(local.map(Dataset::labelingAnnotators).treeReduce(IdList::union, TREE_DEPTH));
        JavaRDD<Dataset> numbered = local.map(part -> part.withAnnotators(annotators.value()));
        numbered.setName("dataset").persist(StorageLevel.MEMORY_AND_DISK());
        numbered.count();
        local.unpersist(false);
        return numbered;
    }

    static GoldPeriods goldPeriods(JavaRDD<Dataset> datasets, DatasetSettings settings) {
        Period length = settings.periods();
        if (settings.gold() == null) {
            return new GoldPeriods(length);
        }
        return datasets.map(part -> GoldPeriods.of(part, length)).treeReduce((one, other) -> {
            one.add(other);
            return one;
        });
    }

    /** Every part reads the states of all examples, and keeps those of its own. */
    private static JavaRDD<EarlierStates> earlierStates(
            JavaRDD<Dataset> datasets, Optional<PublishedStates> published) {
        if (published.isEmpty()) {
            return datasets.map(part -> EarlierStates.NONE);
        }
        PublishedStates states = published.get();
        return datasets.map(states::of).persist(StorageLevel.MEMORY_AND_DISK());
    }

    private static JavaRDD<Slice> slices(
            JavaRDD<Dataset> datasets, JavaRDD<EarlierStates> earlier, DatasetSettings settings, GoldPeriods periods) {
        EngineInput wanted = settings.engineInput();
        return datasets.zip(earlier).map(part -> part._2().on(periods.on(wanted.of(part._1()), part._1())));
    }

    static JavaRDD<AnalyzedPart> scored(
            JavaSparkContext spark, JavaRDD<Dataset> datasets, JavaRDD<AnalyzedPart> parts) {
        EngineInput plain = new EngineInput(false, null, false, false);
        SparkPassRunner labeled = new SparkPassRunner(spark, datasets.map(plain::of));
        SparkPassRunner pool = new SparkPassRunner(
                spark,
                datasets.map(part -> new Slice(
                        Annotations.none(part.classes().size()),
                        part.unlabeled().predictions())));
        ActiveLab.score(labeled, pool);
        return parts.zip(labeled.slices().zip(pool.slices()))
                .map(part -> new AnalyzedPart(
                        part._1().dataset(),
                        part._1().labeled(),
                        part._1().whole(),
                        part._1().earlier(),
                        new double[][] {
                            part._2()._1().get(Column.ACTIVE_LEARNING),
                            part._2()._2().get(Column.ACTIVE_LEARNING)
                        },
                        part._1().mixed()));
    }
}
