package dev.crowdlab.results;

import static java.util.Objects.requireNonNull;

import dev.crowdlab.engine.machine.LabelSource;
import dev.crowdlab.engine.pass.TieBreak;
import dev.crowdlab.results.copy.BinaryCopyWriter;
import dev.crowdlab.results.copy.ResultTable;
import dev.crowdlab.results.copy.ResultTableDefinition;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The published label of every example that people or the panel of machines gave one, and whom it comes from. */
final class SourcedLabelTable implements ResultTable {

    private static final byte[] NO_TIE = TieBreak.NONE.sqlName().getBytes(StandardCharsets.UTF_8);
    private static final Map<LabelSource, byte[]> SOURCES = sources();

    private final long runId;
    private final MixedLabels labels;
    /** Of the examples that people labeled; empty if none has a label. */
    private final Optional<LabelQualityTable> people;

    private final ResultTableDefinition definition;
    private final boolean hasMedian;

    private static Map<LabelSource, byte[]> sources() {
        Map<LabelSource, byte[]> encoded = new EnumMap<>(LabelSource.class);
        for (LabelSource source : LabelSource.values()) {
            encoded.put(source, source.name().getBytes(StandardCharsets.UTF_8));
        }
        return encoded;
    }

    /**
     * @param features of the run, which has machines
     */
    SourcedLabelTable(long runId, Set<RunFeature> features, MixedLabels labels, Optional<LabelQualityTable> people) {
        definition = LabelQualityTable.writtenWith(features);
        hasMedian = features.contains(RunFeature.SCALE);
        this.runId = runId;
        this.labels = labels;
        this.people = people;
    }

    @Override
    public ResultTableDefinition definition() {
        return definition;
    }

    @Override
    public int rowCount() {
        return labels.examples().size();
    }

    @Override
    public void write(int row, BinaryCopyWriter target) {
        target.beginRow(definition, runId);
        int place = labels.place(row);
        if (place >= 0) {
            people.orElseThrow().writeFields(place, target);
        } else {
            target.text(labels.examples(), row);
            target.text(labels.classes(), labels.label(row));
            target.number(labels.quality(row));
            target.number(labels.agreementOfMachines(row));
            target.integer(labels.machineLabelCount(row));
            target.text(NO_TIE);
            target.nullField();
            target.nullField();
        }
        target.text(requireNonNull(SOURCES.get(labels.source(row))));
        if (place >= 0) {
            people.orElseThrow().writeMedian(place, target);
        } else if (hasMedian) {
            target.nullField();
        }
    }
}
