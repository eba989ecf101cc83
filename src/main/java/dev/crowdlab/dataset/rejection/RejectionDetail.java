package dev.crowdlab.dataset.rejection;

import dev.crowdlab.dataset.id.TextColumn;
import dev.crowdlab.engine.pass.NotThreadSafe;
import java.util.ArrayList;
import java.util.List;

/** Describes what is wrong with the ids and the label of one row. */
@NotThreadSafe
public final class RejectionDetail {

    private final List<String> missingIds = new ArrayList<>();
    private final List<String> tooLong = new ArrayList<>();
    private String missingLabel = "";

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

    public String of(RejectionReason reason) {
        return switch (reason) {
            case MISSING_ID -> String.join(", ", missingIds);
            case TOO_LONG -> String.join(", ", tooLong);
            case MISSING_LABEL -> missingLabel;
            default -> throw new IllegalArgumentException("not a reason about ids or labels: " + reason);
        };
    }

    private static String sentence(String column, int length, int allowed) {
        return column + " has " + length + " bytes, at most " + allowed + " are allowed";
    }
}
