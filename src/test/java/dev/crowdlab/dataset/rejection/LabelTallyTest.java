package dev.crowdlab.dataset.rejection;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LabelTallyTest {

    @Test
    void partsAddUpToTheWholeAlthoughOnlyTheFirstLabelsAreKept() {
        Random random = new Random(1);
        List<String> labels = IntStream.range(0, 20_000)
                .mapToObj(row -> "l" + random.nextInt(3_000))
                .toList();
        LabelTally whole = tally(labels);
        for (int parts : new int[] {2, 7}) {
            LabelTally sum = new LabelTally();
            for (int part = 0; part < parts; part++) {
                sum.add(tally(labels.subList(part * labels.size() / parts, (part + 1) * labels.size() / parts)));
            }
            assertThat(sum.counts()).isEqualTo(whole.counts()).hasSize(LabelTally.MOST_LABELS);
        }
        String first = labels.stream().min(String::compareTo).orElseThrow();
        assertThat(whole.counts())
                .containsEntry(first, labels.stream().filter(first::equals).count());
    }

    private static LabelTally tally(List<String> labels) {
        LabelTally tally = new LabelTally();
        labels.forEach(label -> tally.add(label.getBytes(StandardCharsets.UTF_8), 1));
        return tally;
    }
}
