package dev.crowdlab.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.engine.annotator.Confusion;
import dev.crowdlab.engine.annotator.ConfusionCounts;
import dev.crowdlab.engine.annotator.ConfusionLayout;
import dev.crowdlab.engine.annotator.ConfusionTally;
import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.ConsensusLabels;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.Mergeable;
import dev.crowdlab.engine.pass.Pass;
import dev.crowdlab.engine.pass.Slice;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Runs passes as a cluster would: over slices that are data sets of their own, the last one first, with everything that
 * goes from one process to another serialized. A task fails after its work, once for every slice and pass, and is done
 * again; both tries must give the same, and leave alone what they were given.
 */
public final class SpreadPassRunner implements AnalysisRunner {

    private static final int BLOCK_SIZE = 5;

    private final Dimensions dimensions;
    private final Set<String> phases = new HashSet<>();
    private List<byte[]> slices;

    public SpreadPassRunner(List<Slice> slices) {
        dimensions =
                slices.stream().map(Dimensions::of).reduce(Dimensions::plus).orElseThrow();
        this.slices = slices.stream().map(SpreadPassRunner::bytes).toList();
    }

    static byte[] bytes(Serializable value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static Object value(byte[] bytes) {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return in.readObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the names of the passes up to now. */
    Set<String> phases() {
        return phases;
    }

    /** Returns the slices in their order. */
    public List<Slice> slices() {
        return slices.stream().map(bytes -> (Slice) value(bytes)).toList();
    }

    @Override
    public Dimensions dimensions() {
        return dimensions;
    }

    @Override
    public <S extends Mergeable<S>> S run(String phase, Pass<S> pass) {
        phases.add(phase);
        byte[] passBytes = bytes(pass);
        S sum = pass.newStatistics(dimensions);
        List<byte[]> outputs = new ArrayList<>();
        for (int slice = slices.size() - 1; slice >= 0; slice--) {
            Slice input = (Slice) value(slices.get(slice));
            @SuppressWarnings("unchecked")
            Pass<S> sent = (Pass<S>) value(passBytes);
            Attempt<S> failed = attempt(sent, input);
            Attempt<S> again = attempt(sent, input);
            assertSame(phase + ", statistics of a second try", again.statisticsBytes, failed.statisticsBytes);
            assertSame(phase + ", output of a second try", again.output, failed.output);
            assertSame(phase + ", its input", bytes(input), slices.get(slice));
            assertSame(phase + ", itself", bytes(sent), passBytes);
            sum.add(again.statistics());
            outputs.add(0, again.output);
        }
        slices = outputs;
        return sum;
    }

    private static void assertSame(String what, byte[] bytes, byte[] expected) {
        assertThat(Arrays.equals(bytes, expected)).as(what).isTrue();
    }

    private <S extends Mergeable<S>> Attempt<S> attempt(Pass<S> pass, Slice input) {
        S statistics = pass.newStatistics(dimensions);
        Slice output = pass.open(input);
        for (int from = 0; from < input.exampleCount(); from += BLOCK_SIZE) {
            int to = Math.min(input.exampleCount(), from + BLOCK_SIZE);
            pass.collect(new Block(input, output, from, to), statistics);
        }
        return new Attempt<>(bytes(statistics), bytes(output));
    }

    @Override
    public Confusion confusion(ConfusionLayout layout, ConfusionTally tally, Column<ConsensusLabels> consensus) {
        return Confusion.of(ConfusionCounts.of(
                (ConfusionLayout) value(bytes(layout)), (ConfusionTally) value(bytes(tally)), slices(), consensus));
    }

    /** What a task sends back. */
    private record Attempt<S>(byte[] statisticsBytes, byte[] output) {

        @SuppressWarnings("unchecked")
        S statistics() {
            return (S) value(statisticsBytes);
        }
    }
}
