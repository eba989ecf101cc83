package dev.crowdlab.results;

import static java.util.Objects.requireNonNull;

import dev.crowdlab.dataset.Dataset;
import dev.crowdlab.engine.Consensus;
import dev.crowdlab.engine.ExampleResults;
import dev.crowdlab.engine.pass.TieBreak;
import dev.crowdlab.engine.quality.PosteriorReader;
import dev.crowdlab.results.copy.BinaryCopyWriter;
import dev.crowdlab.results.copy.FieldType;
import dev.crowdlab.results.copy.Grain;
import dev.crowdlab.results.copy.Kept;
import dev.crowdlab.results.copy.ResultTable;
import dev.crowdlab.results.copy.ResultTableDefinition;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The published consensus of every example. */
final class LabelQualityTable implements ResultTable {

    private static final ResultTableDefinition ALWAYS = ResultTableDefinition.of("label_quality", Kept.AS_PARTITION)
            .oneRowPer(Grain.EXAMPLE)
            .key("example_id", FieldType.EXAMPLE)
            .column("consensus_label", FieldType.TEXT)
            .column("consensus_quality_score", FieldType.DOUBLE)
            .column("annotator_agreement", FieldType.DOUBLE)
            .column("num_annotations", FieldType.INTEGER)
            .column("tie_break", FieldType.TEXT)
            .column("model_label", FieldType.TEXT)
            .column("model_probability", FieldType.DOUBLE);

    private static final String SOURCE = "label_source";
    private static final String MEDIAN = "posterior_median";

    static final ResultTableDefinition DEFINITION =
            ALWAYS.column(SOURCE, FieldType.TEXT).column(MEDIAN, FieldType.TEXT);

    private static final Map<TieBreak, byte[]> TIE_BREAKS = tieBreaks();

    private final ResultTableDefinition definition;
    private final long runId;
    private final Dataset dataset;
    private final ExampleResults results;
    private final Consensus consensus;
    private final Optional<PosteriorReader> posterior;
    private final double[] probabilities;

    /** The columns that a run with these features writes, so that its digest does not cover the others. */
    static ResultTableDefinition writtenWith(Set<RunFeature> features) {
        ResultTableDefinition table = ALWAYS;
        if (features.contains(RunFeature.MACHINES)) {
            table = table.column(SOURCE, FieldType.TEXT);
        }
        return features.contains(RunFeature.SCALE) ? table.column(MEDIAN, FieldType.TEXT) : table;
    }

    private static Map<TieBreak, byte[]> tieBreaks() {
        Map<TieBreak, byte[]> encoded = new EnumMap<>(TieBreak.class);
        for (TieBreak rule : TieBreak.values()) {
            encoded.put(rule, rule.sqlName().getBytes(StandardCharsets.UTF_8));
        }
        return encoded;
    }

    /**
     * @param posterior whose median is written; empty if the classes have no order
     */
    LabelQualityTable(long runId, Dataset dataset, ExampleResults results, Optional<PosteriorReader> posterior) {
        this.posterior = posterior;
        probabilities = new double[dataset.classes().size()];
        definition = writtenWith(posterior.isPresent() ? Set.of(RunFeature.SCALE) : Set.of());
        this.runId = runId;
        this.dataset = dataset;
        this.results = results;
        consensus = results.published();
    }

    @Override
    public ResultTableDefinition definition() {
        return definition;
    }

    @Override
    public int rowCount() {
        return dataset.examples().size();
    }

    @Override
    public void write(int example, BinaryCopyWriter target) {
        target.beginRow(definition, runId);
        writeFields(example, target);
        writeMedian(example, target);
    }

    /** Writes the median, if the run has it. */
    void writeMedian(int example, BinaryCopyWriter target) {
        posterior.ifPresent(found -> target.text(dataset.classes(), found.median(example, probabilities)));
    }

    /** Writes the columns that all runs have, but the run's number. */
    void writeFields(int example, BinaryCopyWriter target) {
        target.text(dataset.examples(), example);
        target.text(dataset.classes(), consensus.label(example));
        target.number(consensus.quality(example));
        target.number(consensus.agreement(example));
        target.integer(
                dataset.annotations().end(example) - dataset.annotations().start(example));
        target.text(requireNonNull(TIE_BREAKS.get(consensus.tieBreak(example))));
        int modelLabel = results.modelLabel(example);
        if (modelLabel < 0) {
            target.nullField();
            target.nullField();
        } else {
            target.text(dataset.classes(), modelLabel);
            target.number(results.modelProbability(example));
        }
    }
}
