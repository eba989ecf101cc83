package dev.crowdlab.job.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.crowdlab.job.RowCollector;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ExecutionContext;

class SlotTest {

    private final Slot<List<String>> slot = new Slot<>("read");

    @Test
    void aValueIsGotAsOftenAsWanted() {
        List<String> value = List.of("a");
        slot.put(value);
        assertThat(slot.get()).isSameAs(value);
        assertThat(slot.get()).isSameAs(value);
        assertThat(slot.ifThere()).contains(value);
    }

    @Test
    void nothingIsGotBeforeTheStep() {
        assertThat(slot.ifThere()).isEmpty();
        assertThatIllegalStateException().isThrownBy(slot::get).withMessage("read has made no value yet");
    }

    @Test
    void aValueIsPutOnce() {
        slot.put(List.of());
        assertThatIllegalStateException()
                .isThrownBy(() -> slot.put(List.of()))
                .withMessage("read made its value twice");
    }

    @Test
    void aValueThatIsTakenIsGone() {
        List<String> value = List.of("a");
        slot.put(value);
        assertThat(slot.take()).isSameAs(value);
        assertThat(slot.ifThere()).isEmpty();
        assertThatIllegalStateException().isThrownBy(slot::take).withMessage("the value of read was taken away");
        assertThatIllegalStateException().isThrownBy(() -> slot.put(value)).withMessage("read made its value twice");
    }

    @Test
    void collectedRowsAreInTheSlotWhenTheStepEndsAndNowhereElse() {
        List<String> rows = new ArrayList<>();
        RowCollector<String, List<String>> collector = new RowCollector<>(() -> rows, List::add, slot);
        collector.open(new ExecutionContext());
        collector.write(Chunk.of("a", "b"));
        assertThat(slot.ifThere()).isEmpty();
        collector.close();
        assertThat(slot.take()).isSameAs(rows).containsExactly("a", "b");
        assertThat(collector).hasFieldOrPropertyWithValue("rows", null);
    }

    @Test
    void aStepThatDidNotOpenPutsNothing() {
        new RowCollector<String, List<String>>(ArrayList::new, List::add, slot).close();
        assertThat(slot.ifThere()).isEmpty();
    }
}
