package dev.crowdlab.finding;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordingTest {

    @Test
    void annotatorsAreNamedUpToANumber() {
        Wording words = Wording.of("3 annotators drift:").text(" ").annotators(List.of("a", "b", "c"), 2);
        assertThat(words).hasToString("3 annotators drift: 'a', 'b', …");
        assertThat(Wording.of("All:").text(" ").annotators(List.of("a", "b"), 2))
                .hasToString("All: 'a', 'b'");
        assertThat(Wording.of("Nobody").annotators(List.of(), 2)).hasToString("Nobody");
    }

    @Test
    void theDocumentHoldsEveryCharacter() throws Exception {
        String odd = "say \"o'neil\\\" \n\t\u0001 \uD83D\uDE00";
        JsonNode parts = new ObjectMapper()
                .readTree(Wording.of("1 drifts:").annotator(odd).json());
        assertThat(parts).hasSize(2);
        assertThat(parts.get(1).fieldNames()).toIterable().containsExactly("annotator");
        assertThat(parts.get(1).get("annotator").asText()).isEqualTo(odd);
    }
}
