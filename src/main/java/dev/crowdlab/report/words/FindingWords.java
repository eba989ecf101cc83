package dev.crowdlab.report.words;

import dev.crowdlab.finding.Finding;
import dev.crowdlab.finding.Finding.Severity;
import dev.crowdlab.finding.FindingCode;
import dev.crowdlab.finding.Wording.Kind;
import dev.crowdlab.finding.Wording.Part;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The words of a finding on a page. Where annotators have pseudonyms, their ids are replaced, and what may name them is
 * left out: values of the input, and reasons that somebody gave.
 */
public final class FindingWords {

    private static final String LEFT_OUT = "is left out, because it may name annotators; the command show ";

    private final Finding finding;
    private final Names annotators;
    private final long runId;

    FindingWords(Finding finding, Names annotators, long runId) {
        this.finding = finding;
        this.annotators = annotators;
        this.runId = runId;
    }

    /** The words of a finding where no annotator is shown. */
    public static FindingWords of(Finding finding, boolean hasPseudonyms, long runId) {
        return new FindingWords(finding, hasPseudonyms ? Names.pseudonyms(List.of()) : Names.of(List.of()), runId);
    }

    /** All of them, in one text. */
    public String message() {
        return isLeftOut()
                ? leftOut()
                : ended(finding.wording().parts().stream().map(this::text).collect(Collectors.joining()));
    }

    /** Its headline in bold, without what only those need who write SQL. */
    public Prose prose() {
        return prose(Shown.IN_MESSAGE);
    }

    /** The same, what follows the headline cut where it is well longer than so many characters. */
    public Prose prose(int most) {
        List<Part> headlines = parts(Kind.HEADLINE);
        if (isLeftOut() || headlines.isEmpty()) {
            return Prose.begin().boldId(Shown.of(message(), most)).end();
        }
        Part first = headlines.get(0);
        String rest = ended(finding.wording().parts().stream()
                .filter(part -> part.kind() != Kind.LOOKUP)
                .skip(1)
                .map(this::text)
                .collect(Collectors.joining()));
        Prose.Builder prose = Prose.begin().boldId(Shown.of(first.text(), Shown.IN_MESSAGE));
        if (rest.startsWith(" ")) {
            prose.text(" ");
        }
        return (rest.isBlank() ? prose : prose.id(Shown.of(rest.stripLeading(), most))).end();
    }

    private List<Part> parts(Kind kind) {
        return finding.wording().parts().stream()
                .filter(part -> part.kind() == kind)
                .toList();
    }

    /** Whether nothing is left that this page may show. */
    private boolean isLeftOut() {
        return annotators.arePseudonyms() && !finding.wording().hasPublicPart();
    }

    private String leftOut() {
        if (finding.is(FindingCode.FAILED)) {
            return "The reason " + LEFT_OUT + runId + " prints it.";
        }
        String meaning = finding.severity() == Severity.INFO
                ? ""
                : FindingCode.named(finding.code())
                        .map(FindingCode::meaning)
                        .map(words -> words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1) + ". ")
                        .orElse("");
        return meaning + "What this run found " + LEFT_OUT + runId + " prints it.";
    }

    private String text(Part part) {
        if (!annotators.arePseudonyms()) {
            return part.shown();
        }
        return switch (part.kind()) {
            case HEADLINE, TEXT, LOOKUP -> part.text();
            case ANNOTATOR -> annotators.inSentence(part.text()).plain();
            case VALUE -> "";
            case REASON, WHOLE -> "reason left out";
        };
    }

    private String ended(String words) {
        return !annotators.arePseudonyms() || words.isEmpty() || words.endsWith(".") ? words : words + ".";
    }
}
