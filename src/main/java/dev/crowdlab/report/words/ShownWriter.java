package dev.crowdlab.report.words;

import dev.crowdlab.report.words.Shown.Kind;
import dev.crowdlab.report.words.Shown.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Text of others while it is made visible: what would not be seen becomes a box. */
final class ShownWriter {

    private final List<Part> parts = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private int spaces;

    /** Adds a character with its marks. */
    void add(String cluster) {
        if (cluster.codePointCount(0, cluster.length()) > Shown.MAX_MARKS) {
            add(cluster.substring(0, cluster.offsetByCodePoints(0, 1)));
            box((cluster.codePointCount(0, cluster.length()) - 1) + " marks");
        } else if (cluster.equals(" ")) {
            spaces++;
        } else {
            cluster.codePoints().forEach(this::add);
        }
    }

    private void add(int character) {
        boolean isSeen = isSeen(character);
        endSpaces(!isSeen);
        if (isSeen) {
            text.appendCodePoint(character);
        } else {
            box(String.format(Locale.ROOT, "U+%04X", character));
        }
    }

    /** Spaces at the beginning or the end would not be seen. */
    private void endSpaces(boolean isVisible) {
        boolean isEdge = parts.isEmpty() && text.isEmpty();
        text.append((isVisible || isEdge ? "␣" : " ").repeat(spaces));
        spaces = 0;
    }

    private void box(String name) {
        endText();
        parts.add(new Part(Kind.BOX, name));
    }

    /** Adds words of our own. */
    void remark(String words) {
        endSpaces(false);
        endText();
        parts.add(new Part(Kind.REMARK, words));
    }

    private void endText() {
        if (!text.isEmpty()) {
            parts.add(new Part(Kind.TEXT, text.toString()));
            text.setLength(0);
        }
    }

    Shown shown() {
        endSpaces(true);
        endText();
        return new Shown(List.copyOf(parts));
    }

    private static boolean isSeen(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> character == ' ';
            default -> true;
        };
    }
}
