package dev.crowdlab.settings;

import dev.crowdlab.finding.FindingCode;
import dev.crowdlab.text.Spelling;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The codes of findings that can be acknowledged, as settings may name them: all but that of a failure. */
final class FindingCodes {

    /** Findings that send the reader to the examples with this reason in {@code review_queue}. */
    private static final String NOBODY_CHOSE_IT = "NOBODY_CHOSE_IT";

    private static final Set<FindingCode> CODES = EnumSet.complementOf(EnumSet.of(FindingCode.FAILED));

    private FindingCodes() {}

    /**
     * The codes that a word stands for: itself, however it is spelled, or those whose findings name it; empty: none.
     *
     * @param word such as {@code UNANIMITY_OVERRULED}, or {@code NOBODY_CHOSE_IT} for two of them
     */
    static List<FindingCode> named(String word) {
        String folded = KnownSettings.fold(word);
        if (folded.equals(KnownSettings.fold(NOBODY_CHOSE_IT))) {
            return List.of(FindingCode.LABELS_NOBODY_GAVE, FindingCode.UNANIMITY_OVERRULED);
        }
        return CODES.stream()
                .filter(code -> KnownSettings.fold(code.name()).equals(folded))
                .toList();
    }

    /** The code that a misspelled word may mean. */
    static Optional<String> nearest(String word) {
        Collection<String> known = CODES.stream().map(FindingCode::name).collect(Collectors.toCollection(TreeSet::new));
        known.add(NOBODY_CHOSE_IT);
        return Spelling.nearest(word, known);
    }
}
