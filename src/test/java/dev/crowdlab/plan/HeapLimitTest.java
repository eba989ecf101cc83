package dev.crowdlab.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.crowdlab.dataset.rejection.DuplicateAnnotation;
import dev.crowdlab.dataset.rejection.InputRules;
import dev.crowdlab.dataset.rejection.MissingPrediction;
import dev.crowdlab.engine.pass.UnusableInputException;
import dev.crowdlab.input.CopyStatements;
import dev.crowdlab.input.IdEncoding;
import dev.crowdlab.input.InputEstimate;
import dev.crowdlab.input.PredictionCopy;
import dev.crowdlab.settings.CheckSettings;
import dev.crowdlab.settings.DatasetSettings;
import dev.crowdlab.settings.MethodSettings;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A dataset of which 3,000,000 annotation and 1,000,000 prediction rows with three probabilities each are expected. */
class HeapLimitTest {

    private static final CopyStatements ARRAYS =
            new CopyStatements(CopyStatements.NONE.annotations(), new PredictionCopy("", IdEncoding.TEXT, null, null));

    private static final InputSize SIZE = HeapEstimate.expected(3_000_000, 1_000_000, 3_000_000, 3);
    private static final long NEEDED = HeapEstimate.heapBytes(SIZE, true, false, 0);
    private static final long MEBIBYTE = 1 << 20;

    private static DatasetPlan plan(boolean isPlain) {
        DatasetSettings settings = new DatasetSettings(
                "pets",
                "",
                "",
                new InputRules(List.of("cat", "cow", "dog"), MissingPrediction.REJECT, DuplicateAnnotation.LATEST),
                MethodSettings.DEFAULT,
                CheckSettings.DEFAULT,
                DatasetSettings.DEFAULT_TIMEOUT);
        return new DatasetPlan(
                settings,
                ARRAYS,
                Optional.of(new InputEstimate(3_000_000, 1_000_000, 100, isPlain, Set.of())),
                List.of());
    }

    private static final DatasetPlan TABLE = plan(true);
    private static final DatasetPlan JOIN = plan(false);
    private static final DatasetPlan UNKNOWN =
            new DatasetPlan(DatasetSettings.builtIn("pets"), CopyStatements.NONE, Optional.empty(), List.of());

    @Test
    void theEstimateTellsRowsMemoryAndTime() {
        assertThat(new HeapLimit(512 * MEBIBYTE).estimate(TABLE).orElseThrow())
                .matches(
                        "Dataset 'pets' has about 3,000,000 annotation and 1,000,000 prediction rows of 3 classes; a run takes"
                                + " about \\d+ MB of memory, of 512 MB of heap, \\d+ MB of the database's disk, and \\d+ seconds?");
        assertThat(new HeapLimit(512 * MEBIBYTE).estimate(UNKNOWN)).isEmpty();
    }

    @Test
    void onlyATableFarTooLargeIsRefusedUnread() {
        HeapLimit quarter = new HeapLimit(NEEDED / 4);
        assertThat(quarter.refusal(TABLE)).isPresent();
        assertThat(quarter.refusal(JOIN)).isEmpty();
        assertThat(quarter.refusal(UNKNOWN)).isEmpty();
        assertThat(new HeapLimit(NEEDED / 2).refusal(TABLE)).isEmpty();
        assertThatExceptionOfType(UnusableInputException.class).isThrownBy(() -> quarter.requireRoom(TABLE));
        assertThatCode(() -> quarter.requireRoom(JOIN)).doesNotThrowAnyException();
    }

    @Test
    void whatIsExpectedNotToFitIsDoubted() {
        assertThat(new HeapLimit(NEEDED / 2).doubt(JOIN)).isPresent();
        assertThat(new HeapLimit(NEEDED).doubt(JOIN)).isEmpty();
        assertThat(new HeapLimit(1).doubt(UNKNOWN)).isEmpty();
    }

    @Test
    void theSentenceSaysWhatToDo() {
        HeapLimit limit = new HeapLimit(100 * MEBIBYTE);
        assertThat(limit.doubt(TABLE).orElseThrow())
                .matches(
                        "Dataset 'pets' has about 3,000,000 annotation and 1,000,000 prediction rows of 3 classes and needs"
                                + " about \\d+ MB of memory, the heap is limited to 100 MB; start with -Xmx(\\d+[mg])"
                                + " \\(CROWDLAB_HEAP=\\1 with the launcher\\) or split the dataset");
    }

    @Test
    void theRowsReadCountForMoreThanTheEstimate() {
        InputSize read = new InputSize(40_000_000, 1, 3, 0);
        HeapLimit limit = new HeapLimit(NEEDED);
        assertThatCode(() -> limit.requireRoom(TABLE, SIZE)).doesNotThrowAnyException();
        assertThatExceptionOfType(UnusableInputException.class)
                .isThrownBy(() -> limit.requireRoom(TABLE, read))
                .withMessageContaining(" 40,000,000 annotation and 1,000,000 prediction rows ");
        assertThatExceptionOfType(UnusableInputException.class)
                .isThrownBy(() -> limit.requireRoom(UNKNOWN, read))
                .withMessageContaining(" 40,000,000 annotation and 1 prediction rows and needs ");
    }

    @Test
    void aHeapThatWasTooSmallAfterAllIsExplained() {
        HeapLimit limit = new HeapLimit(2 * NEEDED);
        OutOfMemoryError error = new OutOfMemoryError("Java heap space");
        Throwable broken = new IllegalStateException(new SQLException("broken", "08006", error));
        Throwable explained = limit.explained(broken, TABLE, InputSize.NOTHING);
        assertThat(explained)
                .isInstanceOf(UnusableInputException.class)
                .hasCause(error)
                .hasMessageContaining("and needs more than " + HeapLimit.amount(2 * NEEDED) + " of memory");
    }

    @Test
    void otherFailuresStayWhatTheyAre() {
        Throwable threads = new OutOfMemoryError("unable to create native thread");
        Throwable other = new IllegalStateException("Java heap space");
        HeapLimit limit = new HeapLimit(NEEDED);
        assertThat(limit.explained(threads, TABLE, SIZE)).isSameAs(threads);
        assertThat(limit.explained(other, TABLE, SIZE)).isSameAs(other);
    }

    @Test
    void amountsAreInTheUnitsOfTheJvm() {
        assertThat(HeapLimit.amount(512 * MEBIBYTE)).isEqualTo("512 MB");
        assertThat(HeapLimit.amount(1_536 * MEBIBYTE)).isEqualTo("1.5 GB");
    }
}
