package dev.crowdlab.dataset.rejection;

import dev.crowdlab.dataset.id.TextColumn;
import dev.crowdlab.engine.pass.NotThreadSafe;
import java.util.ArrayList;
import java.util.List;

/** Describes what is wrong with the ids and the label of one row. */
@NotThreadSafe
public final class RejectionDetail {

    private static final int MAX_QUOTED = 40;

    private final List<String> missingIds = new ArrayList<>();
    private final List<String> tooLong = new ArrayList<>();
    private String missingLabel = "";
    private String unknownKind = "";

    /** Checks an id, which is cut if it is too long. */
    public RejectionDetail id(String column, TextColumn ids, int row) {
        int length = TextColumn.lengthBeforeCut(ids, row);
        if (length <= 0) {
            missingIds.add(column + (length < 0 ? " is null" : " is empty"));
        } else if (length > TextColumn.MAX_ID_BYTES) {
            tooLong.add(sentence(column, length, TextColumn.MAX_ID_BYTES));
        }
        return this;
    }

    /** Checks the label, which is cut if it is too long. */
    public RejectionDetail label(TextColumn labels, int row) {
        int length = TextColumn.lengthBeforeCut(labels, row);
        if (length <= 0) {
            missingLabel = "label" + (length < 0 ? " is null" : " is empty");
        } else if (length > InputRules.MAX_LABEL_BYTES) {
            tooLong.add(sentence("label", length, InputRules.MAX_LABEL_BYTES));
        }
        return this;
    }

    /** Quotes what an annotator is said to be, and checks the family, which is cut if it is too long. */
    public RejectionDetail kind(TextColumn kinds, TextColumn families, int row) {
        String kind = String.valueOf(kinds.text(row));
        boolean isLong = kind.codePointCount(0, kind.length()) > MAX_QUOTED;
        unknownKind = "annotator_kind is '"
                + (isLong ? kind.substring(0, kind.offsetByCodePoints(0, MAX_QUOTED)) + "…" : kind)
                + "'; it must be human or machine, or be left empty";
        int length = TextColumn.lengthBeforeCut(families, row);
        if (length > TextColumn.MAX_ID_BYTES) {
            tooLong.add(sentence("family", length, TextColumn.MAX_ID_BYTES));
        }
        return this;
    }

    public String of(RejectionReason reason) {
        return switch (reason) {
            case MISSING_ID -> String.join(", ", missingIds);
            case TOO_LONG -> String.join(", ", tooLong);
            case MISSING_LABEL -> missingLabel;
            case UNKNOWN_KIND -> unknownKind;
            default -> throw new IllegalArgumentException("not a reason about a row alone: " + reason);
        };
    }

    private static String sentence(String column, int length, int allowed) {
        return column + " has " + length + " bytes, at most " + allowed + " are allowed";
    }
}
