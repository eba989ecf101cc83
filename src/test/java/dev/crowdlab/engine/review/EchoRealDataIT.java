package dev.crowdlab.engine.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.engine.Analysis;
import dev.crowdlab.engine.Crowdlab;
import dev.crowdlab.engine.DataSet;
import dev.crowdlab.engine.Options;
import dev.crowdlab.engine.PublishedDataSet;
import dev.crowdlab.engine.pass.Predictions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whether models of published data sets, which are not part of this project, are taken for echoes of the annotators, and whether a real echo,
 * the majority vote as a model, is found: the table of the page on studies. Run with {@code -Prealdata}; see {@code RealDataIT}.
 */
@Tag("realdata")
class EchoRealDataIT {

    private static final List<String> DATA_SETS =
            List.of("adult2", "bluebirds", "ds1979", "fact_eval", "fleiss1971", "rte", "trec", "web");

    @Test
    void thePageTellsWhichModelsAreSuspected() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String name : DATA_SETS) {
            lines.add(line(name, PublishedDataSet.read(name).data()));
        }
        assertThat(Files.readAllLines(Path.of("src", "site", "markdown", "studies.md")))
                .containsSubsequence(lines);
    }

    private static String line(String name, DataSet data) {
        Analysis analysis = Crowdlab.analyze(data.annotations(), data.predictions(), Options.defaults());
        int modelCount = data.predictions().modelCount();
        int suspected = 0;
        for (int model = 0; model < modelCount; model++) {
            suspected += analysis.review().echo(model).isPresent() ? 1 : 0;
        }
        int exampleCount = data.annotations().exampleCount();
        int classCount = data.annotations().classCount();
        double[] repeated = new double[exampleCount * classCount];
        for (int example = 0; example < exampleCount; example++) {
            repeated[example * classCount + analysis.majorityVote()[example]] = 1;
        }
        Predictions echo = new Predictions(exampleCount, classCount, List.of(repeated));
        String found = Crowdlab.analyze(data.annotations(), echo, Options.defaults())
                .review()
                .echo(0)
                .map(value -> String.format(
                        Locale.ROOT, "yes, on %d split votes, at most %.3f", value.exampleCount(), value.bound()))
                .orElse("no");
        return String.format(Locale.ROOT, "| %s | %d of %d | %s |", name, suspected, modelCount, found);
    }
}
