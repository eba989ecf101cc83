package dev.crowdlab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.engine.LocalPassRunner;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.Mergeable;
import dev.crowdlab.engine.pass.Pass;
import dev.crowdlab.engine.pass.Predictions;
import dev.crowdlab.engine.pass.Slice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The pass on the page about the engine, written against what the engine shows to others. */
class EnginePageTest {

    /** Counts examples by whether their annotators agree. */
    record AgreementPass() implements Pass<AgreementPass.Examples> {

        @Override
        public Examples newStatistics(Dimensions dimensions) {
            return new Examples(new long[2]);
        }

        @Override
        public void collect(Block block, Examples examples) {
            Annotations annotations = block.annotations();
            for (int example = block.from(); example < block.to(); example++) {
                boolean agrees = true;
                for (int position = annotations.start(example); position < annotations.end(example); position++) {
                    agrees &= annotations.label(position) == annotations.label(annotations.start(example));
                }
                examples.counts()[agrees ? 1 : 0]++;
            }
        }

        /** Examples whose annotators differ, and examples whose annotators agree. */
        record Examples(long[] counts) implements Mergeable<Examples> {

            @Override
            public void add(Examples other) {
                Mergeable.add(counts, other.counts);
            }
        }
    }

    @Test
    void thePassOfThePageCounts() {
        int[][] rows = {{0, 0, 1}, {0, 1, 1}, {1, 0, 0}, {1, 1, 1}, {2, 0, 1}};
        Slice slice = new Slice(Annotations.of(2, 2, rows), Predictions.none(3, 2));
        try (LocalPassRunner passes = new LocalPassRunner(slice, 2, 1)) {
            assertThat(passes.run("agreement", new AgreementPass()).counts()).containsExactly(1, 2);
        }
    }

    @Test
    void thePassOfThePageIsThisOne() throws IOException {
        String page = Files.readString(Path.of("src/site/markdown/engine.md"));
        String pass =
                page.substring(page.indexOf("/** Counts examples by"), page.indexOf("```\n\n`new LocalPassRunner"));
        String source = Files.readString(Path.of("src/test/java/dev/crowdlab/EnginePageTest.java"));
        assertThat(source).contains(pass.strip().indent(4).replaceAll("(?m)^ +$", ""));
    }
}
