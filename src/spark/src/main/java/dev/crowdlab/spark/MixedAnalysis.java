package dev.crowdlab.spark;

import dev.crowdlab.dataset.AnnotatorKinds;
import dev.crowdlab.dataset.Dataset;
import dev.crowdlab.dataset.DatasetNames;
import dev.crowdlab.dataset.EngineInput;
import dev.crowdlab.dataset.GoldPeriods;
import dev.crowdlab.dataset.MixedDataset;
import dev.crowdlab.dataset.id.IdList;
import dev.crowdlab.engine.Crowdlab;
import dev.crowdlab.engine.MachineEstimates;
import dev.crowdlab.engine.Options;
import dev.crowdlab.engine.PeopleAndMachines;
import dev.crowdlab.engine.PeopleAndMachines.Support;
import dev.crowdlab.engine.machine.Anchor;
import dev.crowdlab.engine.machine.MachineSplit;
import dev.crowdlab.engine.machine.Machines;
import dev.crowdlab.engine.pass.Slice;
import dev.crowdlab.results.EarlierStates;
import dev.crowdlab.run.MachineMetrics;
import dev.crowdlab.settings.DatasetSettings;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;

/**
 * The analysis of a dataset whose settings declare machines, see {@link PeopleAndMachines}. Used once.
 *
 * @param datasets with the annotations of people and machines
 */
record MixedAnalysis(JavaSparkContext spark, JavaRDD<Dataset> datasets, DatasetSettings settings) {

    /** The machines of the whole dataset, and what there is to judge them by. */
    private record Judged(IdList annotators, Machines machines, Support support, boolean isByGold) {}

    ClusterAnalysis run() {
        Judged judged = judge();
        Machines machines = judged.machines();
        boolean areAnnotators = judged.isByGold();
        JavaRDD<MixedDataset> mixed = datasets.map(part -> MixedDataset.of(part, machines, areAnnotators))
                .persist(StorageLevel.MEMORY_AND_DISK());
        JavaRDD<Dataset> annotated = mixed.map(MixedDataset::annotated);
        GoldPeriods periods = ClusterAnalysis.goldPeriods(annotated, settings);
        EngineInput input = settings.engineInput();
        JavaRDD<Slice> slices = mixed.map(part -> part.slice(input, periods));
        JavaRDD<MachineSplit> splits =
                slices.map(slice -> MachineSplit.of(slice, machines)).persist(StorageLevel.MEMORY_AND_DISK());
        Options options = settings.options(1, periods.firstDays().length);
        SparkParts parts = new SparkParts(spark, splits, judged.isByGold() ? slices : null);
        MachineEstimates found = judged.isByGold()
                ? PeopleAndMachines.byGold(judged.support(), Crowdlab.estimate(parts.withModels(), options))
                : PeopleAndMachines.estimate(parts, machines, options);
        if (found.estimates().isEmpty() && hasExamples()) {
            throw MachineMetrics.nobodyJudges();
        }
        return new ClusterAnalysis(
                mixed.map(part -> DatasetNames.of(part.annotated())).first(),
                found.estimates(),
                found.estimates().isPresent() ? parts.withModels().confusionRanges() : spark.emptyRDD(),
                analyzed(mixed, splits, parts, found),
                Optional.of(new ClusterAnalysis.Mixed(judged.annotators(), machines, found)));
    }

    private Judged judge() {
        IdList annotators = datasets.map(Dataset::annotators).first();
        Machines machines = settings.methods().machines().on(annotators, AnnotatorKinds.NONE);
        EngineInput input = settings.engineInput();
        Support support = datasets.map(part ->
                        Support.of(part.annotations(), machines, part.gold().count()))
                .reduce(Support::plus);
        return new Judged(annotators, machines, support, input.hasGoldOrder() && support.isByGold(machines));
    }

    private boolean hasExamples() {
        return datasets.map(part -> (long) part.examples().size()).reduce(Long::sum) > 0;
    }

    private JavaRDD<AnalyzedPart> analyzed(
            JavaRDD<MixedDataset> mixed, JavaRDD<MachineSplit> splits, SparkParts parts, MachineEstimates found) {
        AnalyzedPart.Whole whole = AnalyzedPart.Whole.of(spark, found.estimates(), settings);
        Broadcast<Anchor> anchor = spark.broadcast(found.anchor());
        boolean isGoldPublished = settings.publishesGold();
        JavaRDD<AnalyzedPart> analyzed = mixed.zip(parts.withModels().slices())
                .zip(splits.zip(parts.alone().slices()))
                .map(part -> new AnalyzedPart(
                        part._1()._1().annotated(),
                        part._1()._2(),
                        whole,
                        EarlierStates.NONE,
                        null,
                        new MixedPart(part._1()._1(), part._2()._1(), part._2()._2(), anchor, isGoldPublished)));
        boolean hasModels = datasets.map(part -> part.models().size()).first() > 0;
        return settings.methods().activeLearning() && hasModels
                ? ClusterAnalysis.scored(spark, mixed.map(MixedDataset::annotated), analyzed)
                : analyzed;
    }

    /** The runners over the parts of {@link MachineSplit}, or over the whole. */
    private static final class SparkParts implements PeopleAndMachines.Parts {

        private final JavaSparkContext spark;
        private final SparkPassRunner people;
        private final SparkPassRunner alone;
        private @Nullable SparkPassRunner withModels;

        /** @param whole where machines are annotators like people: what takes the place of people's part */
        private SparkParts(JavaSparkContext spark, JavaRDD<MachineSplit> splits, @Nullable JavaRDD<Slice> whole) {
            this.spark = spark;
            people = new SparkPassRunner(spark, splits.map(MachineSplit::people));
            alone = new SparkPassRunner(spark, splits.map(MachineSplit::alone));
            withModels = whole == null ? null : new SparkPassRunner(spark, whole);
        }

        @Override
        public SparkPassRunner people() {
            return people;
        }

        @Override
        public SparkPassRunner withModels() {
            SparkPassRunner made = withModels == null
                    ? new SparkPassRunner(spark, people.slices().map(Anchor::withModels))
                    : withModels;
            withModels = made;
            return made;
        }

        @Override
        public SparkPassRunner alone() {
            return alone;
        }
    }
}
