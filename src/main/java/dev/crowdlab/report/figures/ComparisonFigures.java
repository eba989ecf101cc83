package dev.crowdlab.report.figures;

import dev.crowdlab.report.figures.ConsensusFigures.Share;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Two runs side by side.
 *
 * @param first the run that the other is compared with
 * @param second the run that the page is about
 * @param labels how their labels differ; empty: those of one of them are gone
 * @param shares the classes' shares of the labels that are kept, the most frequent first, at most {@value #MAX_CLASSES}
 * @param annotators what became of the annotators; empty: those of one run are gone
 */
public record ComparisonFigures(
        Side first, Side second, Optional<Labels> labels, List<ClassShare> shares, Optional<Annotators> annotators) {

    public static final int MAX_CLASSES = 30;
    public static final int MAX_FLOWS = 12;
    public static final int MAX_CHANGED = 20;
    public static final int MAX_ANNOTATORS = 30;

    /**
     * A run.
     *
     * @param run the run itself
     * @param agreement how much annotators agree
     * @param consensus the consensus methods
     * @param origin settings and models
     * @param classes the classes, as configured or as they occur; empty: unknown
     * @param reasons examples by what there is to look at again; empty: the numbers are gone
     * @param overlapping examples with two or more labels; as gone as the reasons
     * @param removed when the rows of a table were removed, by its name
     */
    public record Side(
            RunFigures run,
            AgreementFigures agreement,
            ConsensusFigures consensus,
            OriginFigures origin,
            List<String> classes,
            Optional<Map<String, Long>> reasons,
            long overlapping,
            Map<String, Instant> removed) {

        /** How many of its labels are right. */
        public Rightness rightness() {
            return Rightness.of(consensus, run.counts().examples());
        }

        /** The value of a setting; empty: the run did not know it. */
        public String setting(String name) {
            return origin.settings().stream()
                    .filter(setting -> setting.name().equals(name))
                    .map(OriginFigures.Setting::value)
                    .findFirst()
                    .orElse("");
        }
    }

    /**
     * The labels of both runs, example by example.
     *
     * @param both examples with a label in both
     * @param same those of them with the same label
     * @param firstOnly examples of the first run alone
     * @param secondOnly examples of the second run alone
     * @param flows from which class to which, most examples first
     * @param changed the examples that both runs label most surely, and differently
     */
    public record Labels(
            long both, long same, long firstOnly, long secondOnly, List<Flow> flows, List<Changed> changed) {}

    /** Examples that one run gives one class and the other another. */
    public record Flow(String from, String to, long examples) {}

    /** How many examples have a class in each run. */
    public record ClassShare(String name, long first, long second) {}

    /** An example with two labels, and the quality of each. */
    public record Changed(String example, String from, double before, String to, double after) {}

    /**
     * The annotators of both runs.
     *
     * @param both how many are in both
     * @param firstOnly in the first alone
     * @param secondOnly in the second alone
     * @param isByGold whether they are compared by gold, otherwise by quality
     * @param compared how many have enough labels in both
     * @param risen whose value is higher in the second run by more than its interval
     * @param fallen whose is lower
     * @param rows who moved most, beyond the interval first
     */
    public record Annotators(
            long both,
            long firstOnly,
            long secondOnly,
            boolean isByGold,
            long compared,
            long risen,
            long fallen,
            List<Moved> rows) {}

    /** An annotator's value and number of labels in both runs. */
    public record Moved(String annotator, Share before, long labelsBefore, Share after, long labelsAfter) {}

    /** The examples that are shown. */
    public List<String> examples() {
        return labels.stream()
                .flatMap(found -> found.changed().stream())
                .map(Changed::example)
                .toList();
    }

    /** The annotators that are shown. */
    public List<String> annotatorIds() {
        return annotators.stream()
                .flatMap(found -> found.rows().stream())
                .map(Moved::annotator)
                .toList();
    }

    /** Both runs. */
    public Stream<Side> sides() {
        return Stream.of(first, second);
    }
}
