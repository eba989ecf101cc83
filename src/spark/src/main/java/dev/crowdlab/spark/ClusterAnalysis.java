package dev.crowdlab.spark;

import dev.crowdlab.dataset.Dataset;
import dev.crowdlab.dataset.DatasetNames;
import dev.crowdlab.dataset.GoldPeriods;
import dev.crowdlab.dataset.InputNames;
import dev.crowdlab.dataset.Period;
import dev.crowdlab.dataset.id.IdList;
import dev.crowdlab.dataset.rejection.InputRules;
import dev.crowdlab.engine.ActiveLab;
import dev.crowdlab.engine.ActiveLabScores;
import dev.crowdlab.engine.Crowdlab;
import dev.crowdlab.engine.Estimates;
import dev.crowdlab.engine.ExampleResults;
import dev.crowdlab.engine.annotator.ConfusionCounts;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.pass.Slice;
import dev.crowdlab.engine.quality.PosteriorReader;
import dev.crowdlab.engine.quality.PublishedPosterior;
import dev.crowdlab.engine.soft.SoftLabelReader;
import dev.crowdlab.engine.soft.SoftLabels;
import dev.crowdlab.results.ExampleTables;
import dev.crowdlab.results.LabelChangePreview;
import dev.crowdlab.results.ResultReader;
import dev.crowdlab.results.SummaryTables;
import dev.crowdlab.results.copy.ResultTable;
import dev.crowdlab.results.copy.ResultTableDefinition;
import dev.crowdlab.settings.DatasetSettings;
import dev.crowdlab.settings.MethodSettings;
import java.io.Serializable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;

/**
 * The dataset in the executors, and the results of its analysis.
 *
 * @param names annotators, classes and models
 * @param estimates about the dataset as a whole; empty if there was nothing to analyze
 * @param confusion who gave which label where the published consensus was which, by ranges of annotators; nothing if
 *     there was nothing to analyze
 * @param parts the dataset in parts, with the results for their examples
 */
record ClusterAnalysis(
        DatasetNames names, Optional<Estimates> estimates, JavaRDD<ConfusionCounts> confusion, JavaRDD<Part> parts) {

    private static final int TREE_DEPTH = 2;

    /**
     * Results for all examples together, as far as the rows of each need them.
     *
     * @param methods the consensus methods; empty if there was nothing to analyze
     * @param meanQualities [methods]
     * @param wanted what is wanted of each example
     * @param posterior what computes the posterior; null if it is not wanted, or there was nothing to analyze
     * @param softLabels what computes soft labels; null if they are not wanted, or there was nothing to analyze
     */
    record Whole(
            List<ConsensusMethod> methods,
            double[] meanQualities,
            Wanted wanted,
            @Nullable Broadcast<PublishedPosterior> posterior,
            @Nullable Broadcast<SoftLabels> softLabels)
            implements Serializable {

        /** What is wanted of each example beside its label. */
        record Wanted(boolean posterior, boolean softLabels) implements Serializable {}

        static Whole of(JavaSparkContext spark, Optional<Estimates> estimates, MethodSettings settings) {
            Wanted wanted = new Wanted(settings.storesPosterior(), settings.storesSoftLabels());
            return new Whole(
                    estimates.map(Estimates::methods).orElse(List.of()),
                    estimates.map(Estimates::meanQualities).orElse(new double[0]),
                    wanted,
                    wanted.posterior()
                            ? estimates
                                    .flatMap(Estimates::posterior)
                                    .map(spark::broadcast)
                                    .orElse(null)
                            : null,
                    estimates
                            .flatMap(Estimates::softLabels)
                            .map(spark::broadcast)
                            .orElse(null));
        }

        private Optional<ExampleResults> on(Slice labeled) {
            return methods.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new ExampleResults(methods, meanQualities, labeled));
        }
    }

    /**
     * Some of the examples and their results.
     *
     * @param labeled with the columns of the analysis
     * @param scores of ActiveLab, [labeled], then [unlabeled]; null if none are wanted
     */
    record Part(Dataset dataset, Slice labeled, Whole whole, double @Nullable [] @Nullable [] scores)
            implements Serializable {

        private Optional<ExampleResults> results() {
            return whole.on(labeled);
        }

        /** Compares these examples with the labels of a stored run. */
        LabelChangePreview difference(DataSource dataSource, long storedRunId) throws SQLException {
            return new ExampleTables(0, dataset, results()).differenceFrom(dataSource, storedRunId);
        }

        private Optional<ActiveLabScores> activeLab() {
            double @Nullable [] @Nullable [] found = scores;
            return found == null || found[0] == null || found[1] == null
                    ? Optional.empty()
                    : Optional.of(new ActiveLabScores(found[0], found[1]));
        }

        private Optional<PosteriorReader> posterior() {
            return Optional.ofNullable(whole.posterior())
                    .map(sent -> sent.value().on(labeled));
        }

        private Optional<SoftLabelReader> softLabels() {
            return Optional.ofNullable(whole.softLabels())
                    .map(sent -> sent.value().on(labeled));
        }

        /** The rows of all tables with a row for each example or annotation. */
        List<ResultTable> largeTables(long runId) {
            ExampleTables tables = new ExampleTables(runId, dataset, results());
            List<ResultTable> all = new ArrayList<>(List.of(
                    tables.labelQuality(),
                    tables.alternativeConsensus(),
                    tables.detailedLabelQuality(),
                    tables.activeLearningScore(activeLab())));
            if (whole.wanted().posterior()) {
                all.add(tables.labelPosterior(posterior()));
            }
            if (whole.wanted().softLabels()) {
                all.add(tables.softLabel(softLabels()));
            }
            return all;
        }

        Summaries summaries(Period length) {
            return Summaries.of(dataset, results(), activeLab(), length);
        }
    }

    /** Builds the parts of the dataset, and analyzes them. */
    static ClusterAnalysis of(
            JavaSparkContext spark, JavaRDD<InputPart> input, InputNames inputNames, DatasetSettings settings) {
        JavaRDD<Dataset> datasets = datasets(spark, input, inputNames, settings.inputRules());
        DatasetNames names = datasets.map(DatasetNames::of).first();
        boolean hasExamples =
                datasets.map(part -> (long) part.examples().size()).reduce(Long::sum) > 0;
        GoldPeriods periods = goldPeriods(datasets, settings);
        SparkPassRunner passes = new SparkPassRunner(spark, slices(datasets, settings, periods));
        Optional<Estimates> estimates = hasExamples
                ? Optional.of(Crowdlab.estimate(passes, settings.options(1, periods.firstDays().length)))
                : Optional.empty();
        boolean isScored = settings.methods().activeLearning() && names.models().size() > 0;
        Whole whole = Whole.of(spark, estimates, settings.methods());
        JavaRDD<Part> parts = datasets.zip(passes.slices()).map(part -> new Part(part._1(), part._2(), whole, null));
        JavaRDD<ConfusionCounts> confusion = hasExamples ? passes.confusionRanges() : spark.emptyRDD();
        return new ClusterAnalysis(names, estimates, confusion, isScored ? scored(spark, datasets, parts) : parts);
    }

    /** The rows of a table with a row for each example or annotation. */
    JavaRDD<Row> rows(SparkRunContext context, ResultTableDefinition table, RowDecoding decoding) {
        long runId = context.runId();
        int blockRows = context.settings().program().engine().blockRows();
        return parts.flatMap(part -> {
            ResultTable found = part.largeTables(runId).stream()
                    .filter(large -> large.definition().equals(table))
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
                spark.broadcast(local.map(Dataset::annotators).treeReduce(IdList::union, TREE_DEPTH));
        JavaRDD<Dataset> numbered = local.map(part -> part.withAnnotators(annotators.value()));
        numbered.setName("dataset").persist(StorageLevel.MEMORY_AND_DISK());
        numbered.count();
        local.unpersist(false);
        return numbered;
    }

    private static GoldPeriods goldPeriods(JavaRDD<Dataset> datasets, DatasetSettings settings) {
        Period length = settings.periods();
        if (settings.gold() == null) {
            return new GoldPeriods(length);
        }
        return datasets.map(part -> GoldPeriods.of(part, length)).treeReduce((one, other) -> {
            one.add(other);
            return one;
        });
    }

    private static JavaRDD<Slice> slices(JavaRDD<Dataset> datasets, DatasetSettings settings, GoldPeriods periods) {
        boolean withKeys = settings.methods().needsExampleKeys();
        String seed = settings.methods().asking().sampleSeed();
        return datasets.map(part -> periods.on(part.slice(withKeys, seed), part));
    }

    private static JavaRDD<Part> scored(JavaSparkContext spark, JavaRDD<Dataset> datasets, JavaRDD<Part> parts) {
        SparkPassRunner labeled = new SparkPassRunner(spark, datasets.map(part -> part.slice(false, null)));
        SparkPassRunner pool = new SparkPassRunner(
                spark,
                datasets.map(part -> new Slice(
                        Annotations.none(part.classes().size()),
                        part.unlabeled().predictions())));
        ActiveLab.score(labeled, pool);
        return parts.zip(labeled.slices().zip(pool.slices()))
                .map(part -> new Part(
                        part._1().dataset(), part._1().labeled(), part._1().whole(), new double[][] {
                            part._2()._1().get(Column.ACTIVE_LEARNING),
                            part._2()._2().get(Column.ACTIVE_LEARNING)
                        }));
    }
}
