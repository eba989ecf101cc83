package dev.crowdlab.dataset.rejection;

import dev.crowdlab.dataset.id.IdList;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Suggests which class an unknown label was probably meant to be. Not thread-safe, because it caches suggestions. */
public final class LabelHints {

    /** With more classes only differences in case and blanks are detected. */
    private static final int COMPARED_CLASSES = 100;

    /** One edit is tolerated per this number of characters. */
    private static final int CHARACTERS_PER_EDIT = 3;

    /** Longer texts are not compared: they are hardly typing errors, and comparing takes long. */
    private static final int MAX_COMPARED = 50;

    /** Limits the cache, since a column that contains something else may have very many labels. */
    private static final int MAX_REMEMBERED = 10_000;

    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");

    private static final String DID_YOU_MEAN = "; did you mean '";

    private final IdList classes;
    private final Map<String, String> byPlainText = new HashMap<>();
    private final Map<String, String> sentences = new HashMap<>();

    public LabelHints(IdList classes) {
        this.classes = classes;
    }

    /** Returns a sentence that the label is not one of the classes, and why, or which was probably meant. */
    public String sentence(String label) {
        return sentences.size() < MAX_REMEMBERED
                ? sentences.computeIfAbsent(label, this::newSentence)
                : newSentence(label);
    }

    private String newSentence(String label) {
        Optional<String> unreadable = UnreadableAnswer.sentence(label);
        if (unreadable.isPresent()) {
            return unreadable.get();
        }
        String unknown = "label '" + label + "' is not one of the dataset's classes";
        String alike = alike(label);
        if (alike != null) {
            return unknown + ", it differs from '" + alike + "' in case or blanks alone" + DID_YOU_MEAN + alike + "'?";
        }
        return unknown + nearest(label).map(near -> DID_YOU_MEAN + near + "'?").orElse("");
    }

    /** What one of these sentences suggests, in parentheses; empty if nothing. */
    static String suggestion(String sentence) {
        int start = sentence.lastIndexOf(DID_YOU_MEAN);
        return start < 0 ? "" : " (" + sentence.substring(start + 2) + ")";
    }

    /** The other class that the label was probably meant to be. */
    Optional<String> meant(String label) {
        Optional<String> alike = Optional.ofNullable(alike(label));
        return alike.isPresent() ? alike : nearest(label);
    }

    private @Nullable String alike(String label) {
        if (byPlainText.isEmpty()) {
            classes.texts().forEach(text -> byPlainText.putIfAbsent(plain(text), text));
        }
        String alike = byPlainText.get(plain(label));
        return label.equals(alike) ? null : alike;
    }

    private static String plain(String label) {
        return BLANKS.matcher(label).replaceAll("").toLowerCase(Locale.ROOT);
    }

    private Optional<String> nearest(String label) {
        if (classes.size() > COMPARED_CLASSES || label.length() > MAX_COMPARED) {
            return Optional.empty();
        }
        String nearest = null;
        int fewest = label.length() / CHARACTERS_PER_EDIT + 1;
        for (String text : classes.texts()) {
            if (!text.equals(label) && Math.abs(text.length() - label.length()) < fewest) {
                int edits = edits(text, label);
                nearest = edits < fewest ? text : nearest;
                fewest = Math.min(fewest, edits);
            }
        }
        return Optional.ofNullable(nearest);
    }

    /** The number of characters to insert, delete, replace or transpose to turn one text into the other. */
    private static int edits(String from, String to) {
        int[][] edits = new int[from.length() + 1][to.length() + 1];
        for (int row = 0; row <= from.length(); row++) {
            for (int column = 0; column <= to.length(); column++) {
                edits[row][column] = row == 0 || column == 0 ? row + column : fewest(edits, row, column, from, to);
            }
        }
        return edits[from.length()][to.length()];
    }

    private static int fewest(int[][] edits, int row, int column, String from, String to) {
        char last = from.charAt(row - 1);
        char other = to.charAt(column - 1);
        int replaced = edits[row - 1][column - 1] + (last == other ? 0 : 1);
        int fewest = Math.min(replaced, 1 + Math.min(edits[row - 1][column], edits[row][column - 1]));
        boolean areSwapped = row > 1 && column > 1 && last == to.charAt(column - 2) && other == from.charAt(row - 2);
        return areSwapped ? Math.min(fewest, edits[row - 2][column - 2] + 1) : fewest;
    }
}
