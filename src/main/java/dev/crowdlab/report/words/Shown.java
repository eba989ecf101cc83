package dev.crowdlab.report.words;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Text that somebody else wrote, as it is shown: an id, a label, a message. Characters that cannot be seen, or that
 * move what is around them, become boxes that name them; long text is cut in the middle, between what a reader takes
 * for characters.
 *
 * @param parts one after another
 */
public record Shown(List<Part> parts) {

    /** How much of a text is shown in a sentence, in a table, and in a heading of a matrix. */
    public static final int IN_SENTENCE = 40;

    public static final int IN_TABLE = 24;
    public static final int IN_HEADING = 16;

    /** Of a message, which may be a whole sentence or several. */
    public static final int IN_MESSAGE = 600;

    private static final Pattern CLUSTER = Pattern.compile("\\X", Pattern.DOTALL);
    static final int MAX_MARKS = 12;
    private static final int TAIL = 6;

    /** Cutting fewer saves no room: the note in their place would be longer. */
    private static final int MIN_CUT = 16;

    private static final int MAX_LINE_LENGTH = 20;
    private static final int FIRST_WIDE = 0x1100;

    /** A piece of text, a box instead of a character, or a remark about the text. */
    public enum Kind {
        TEXT,
        BOX,
        REMARK
    }

    /** A piece: what it is, and its words. */
    public record Part(Kind kind, String text) {

        public boolean isBox() {
            return kind == Kind.BOX;
        }

        public boolean isRemark() {
            return kind == Kind.REMARK;
        }
    }

    /** Words of our own. */
    public static Shown own(String text) {
        return new Shown(List.of(new Part(Kind.TEXT, text)));
    }

    /** Foreign text, cut where it is well longer than so many characters; null is shown as missing. */
    public static Shown of(@Nullable String text, int most) {
        if (text == null || text.isEmpty()) {
            return new Shown(List.of(new Part(Kind.REMARK, text == null ? "missing" : "empty")));
        }
        ShownWriter writer = new ShownWriter();
        List<String> clusters = clusters(text, most);
        if (clusters.size() <= most && !isLonger(text, clusters)) {
            clusters.forEach(writer::add);
            return writer.shown();
        }
        int head = Math.max(1, most * 3 / 4 - (most > IN_HEADING ? 0 : 2));
        List<String> tail = tail(text);
        clusters.stream().limit(head).forEach(writer::add);
        long left = text.codePointCount(0, text.length())
                - length(clusters.subList(0, Math.min(head, clusters.size())))
                - length(tail);
        if (most > IN_HEADING && left < MIN_CUT) {
            ShownWriter whole = new ShownWriter();
            clusters(text, Integer.MAX_VALUE - 1).forEach(whole::add);
            return whole.shown();
        }
        writer.remark(most > IN_HEADING ? "\u2009…\u2009" + Numbers.count(left) + " characters\u2009…\u2009" : "…");
        tail.forEach(writer::add);
        return writer.shown();
    }

    /** The clusters at the beginning, one more than are wanted where there are more. */
    private static List<String> clusters(String text, int most) {
        Matcher matcher = CLUSTER.matcher(text);
        List<String> clusters = new ArrayList<>();
        while (clusters.size() <= most && matcher.find()) {
            clusters.add(matcher.group());
        }
        return clusters;
    }

    private static boolean isLonger(String text, List<String> clusters) {
        return clusters.stream().mapToInt(String::length).sum() < text.length();
    }

    private static List<String> tail(String text) {
        List<String> last = clusters(text.substring(safeStart(text)), Integer.MAX_VALUE - 1);
        return last.subList(Math.max(0, last.size() - TAIL), last.size());
    }

    /** Far enough from the end for some clusters, but no further, however long the text. */
    private static int safeStart(String text) {
        int start = Math.max(0, text.length() - TAIL * MAX_MARKS);
        return start > 0 && Character.isLowSurrogate(text.charAt(start)) ? start + 1 : start;
    }

    private static long length(List<String> clusters) {
        return clusters.stream()
                .mapToLong(cluster -> cluster.codePointCount(0, cluster.length()))
                .sum();
    }

    /** Whether it may take several lines in a table. */
    public boolean isLong() {
        return plain().length() > MAX_LINE_LENGTH;
    }

    /** Whether a line may end within it: it is long, or of several words. */
    public boolean mayWrap() {
        return plain().indexOf(' ') >= 0
                || plain().codePoints().map(Shown::width).sum() > MAX_LINE_LENGTH;
    }

    /** Characters of Chinese, Japanese and Korean, and pictures, take the room of two. */
    private static int width(int character) {
        return character < FIRST_WIDE ? 1 : 2;
    }

    /** The same with more words after it, such as a number that tells two apart. */
    Shown and(String words) {
        List<Part> more = new ArrayList<>(parts);
        more.add(new Part(Kind.REMARK, words));
        return new Shown(List.copyOf(more));
    }

    /** The same with more words before it. */
    Shown after(String words) {
        List<Part> more = new ArrayList<>(parts);
        more.add(0, new Part(Kind.REMARK, words));
        return new Shown(List.copyOf(more));
    }

    /** In one piece, for attributes and data: boxes are in brackets. */
    public String plain() {
        return parts.stream()
                .map(part -> part.isBox() ? "[" + part.text() + "]" : part.text())
                .collect(Collectors.joining());
    }
}
