package dev.crowdlab.init;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnRoleTest {

    private static List<ColumnRole> roles(FoundColumn column) {
        return Arrays.stream(ColumnRole.values())
                .filter(role -> role.rank(column).isPresent())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "example_id, text, EXAMPLE",
        "TASKID, int8, EXAMPLE",
        "ticket_key, text, EXAMPLE",
        "annotator, text, ANNOTATOR",
        "completed_by_id, int4, ANNOTATOR",
        "labeller_email, text, ANNOTATOR",
        "choice, text, LABEL",
        "label_id, int4, LABEL",
        "review_id, int4, EXAMPLE",
        "sentiment, text, LABEL",
        "rated_at, timestamptz, TIME",
        "submitted_at, timestamptz, TIME",
        "created, date, TIME",
        "model_version, text, MODEL",
        "score, float8, PROBABILITY",
        "confidence, float8, PROBABILITY",
        "probs, _float4, PROBABILITIES",
        "softmax, jsonb, DOCUMENT",
        "id, uuid, ''",
        "notes, text, ''"
    })
    void takesAColumnByItsNameAndType(String name, String type, String role) {
        List<ColumnRole> expected = role.isEmpty() ? List.of() : List.of(ColumnRole.valueOf(role));

        assertThat(roles(new FoundColumn(name, type))).isEqualTo(expected);
    }

    @Test
    void takesNoColumnWhoseTypeDoesNotSuit() {
        assertThat(roles(new FoundColumn("annotated_at", "text"))).isEmpty();
        assertThat(roles(new FoundColumn("example_id", "jsonb"))).isEmpty();
        assertThat(roles(new FoundColumn("label", "_text"))).isEmpty();
    }

    @Test
    void prefersTheNameThatSaysTheMost() {
        Optional<Integer> exact = ColumnRole.EXAMPLE.rank(new FoundColumn("example_id", "text"));
        Optional<Integer> other = ColumnRole.EXAMPLE.rank(new FoundColumn("ticket_id", "text"));

        assertThat(exact).contains(0);
        assertThat(other).hasValueSatisfying(rank -> assertThat(rank).isPositive());
    }
}
