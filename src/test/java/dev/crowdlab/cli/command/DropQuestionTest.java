package dev.crowdlab.cli.command;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crowdlab.text.UsageException;
import org.junit.jupiter.api.Test;

class DropQuestionTest {

    @Test
    void onlyTheNameOfTheDatasetLetsItGo() {
        assertThatCode(() -> DropCommand.requireName("reviews", question -> " reviews "))
                .doesNotThrowAnyException();
        for (String answer : new String[] {"yes", "review", "", null}) {
            assertThatThrownBy(() -> DropCommand.requireName("reviews", question -> answer))
                    .isInstanceOf(UsageException.class)
                    .hasMessage("The answer is not 'reviews', so nothing was removed; type the name of the dataset, or"
                            + " give --yes");
        }
    }
}
