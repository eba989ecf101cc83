package dev.crowdlab.publication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.finding.Finding;
import dev.crowdlab.finding.Finding.Severity;
import dev.crowdlab.finding.FindingCode;
import dev.crowdlab.finding.Wording;
import dev.crowdlab.results.LabelChangePreview;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DryRunSentenceTest {

    private static final List<Finding> NOTHING = List.of();
    private static final List<Finding> FAILED = List.of(Finding.of(
            FindingCode.MEAN_QUALITY, Severity.FAIL, Wording.of("the mean quality is 0.1."), 0.1, Double.NaN));

    private static DryRunSentence first(boolean isUnchanged, boolean becomesCurrent, List<Finding> findings) {
        return new DryRunSentence(isUnchanged, becomesCurrent, Optional.empty(), findings, 3);
    }

    @Test
    void saysThatTheFirstRunWouldBePublished() {
        assertThat(first(false, true, NOTHING).text())
                .isEqualTo("a run would be published, the first of this dataset.");
    }

    @Test
    void saysThatARunOfThePastWouldOnlyBeRecorded() {
        assertThat(first(false, false, NOTHING).text())
                .isEqualTo("a run would only be recorded in the history, the first of this dataset.");
    }

    @Test
    void saysThatAFailedCheckWouldKeepTheRunBack() {
        DryRunSentence sentence = first(false, true, FAILED);

        assertThat(sentence.isRefused()).isTrue();
        assertThat(sentence.text()).isEqualTo("a run would be refused, the first of this dataset.");
    }

    @Test
    void saysThatNothingIsNew() {
        assertThat(first(true, true, NOTHING).text()).isEqualTo("a run would find nothing new.");
    }

    @Test
    void saysThatNothingIsNewAndYetRefused() {
        assertThat(first(true, true, FAILED).text()).isEqualTo("a run would find nothing new, and be refused.");
    }

    @Test
    void namesTheFirstLabelsThatWouldChange() {
        LabelChangePreview preview = new LabelChangePreview(4, 3, 0.5, 3, 2, List.of("e1: a → b", "e2: b → a"));
        DryRunSentence sentence = new DryRunSentence(false, true, Optional.of(preview), NOTHING, 3);

        assertThat(sentence.text())
                .isEqualTo("a run would be published; of the 3 labels that run 4 published too, 2 would change;"
                        + " 0 examples would be new and 0 gone. First: e1: a → b, e2: b → a.");
    }
}
