package dev.crowdlab.dataset;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which class a label that is none of the classes was probably meant to be. Not thread-safe: it remembers. */
final class LabelHints {

    /** Among more classes only case and blanks are looked at. */
    private static final int COMPARED_CLASSES = 100;

    /** One edit in so many characters is a slip; more is another word. */
    private static final int CHARACTERS_PER_EDIT = 3;

    /** A longer text is no slip of a class's name, and would take long to compare. */
    private static final int LONGEST_COMPARED = 50;

    /** Most data sets know a few labels; a column that holds something else is not to be kept whole. */
    private static final int MOST_REMEMBERED = 10_000;

    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");

    private final IdList classes;
    private final Map<String, String> byPlainText = new HashMap<>();
    private final Map<String, String> sentences = new HashMap<>();

    LabelHints(IdList classes) {
        this.classes = classes;
    }

    /** Says that the label is none of the classes, and which was probably meant. */
    String sentence(String label) {
        return sentences.size() < MOST_REMEMBERED
                ? sentences.computeIfAbsent(label, this::newSentence)
                : newSentence(label);
    }

    private String newSentence(String label) {
        String unknown = "label '" + label + "' is not one of the dataset's classes";
        String alike = alike(label);
        if (alike != null) {
            return unknown + ", it differs from '" + alike + "' in case or blanks alone; did you mean '" + alike + "'?";
        }
        return unknown
                + nearest(label).map(near -> "; did you mean '" + near + "'?").orElse("");
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
        if (classes.size() > COMPARED_CLASSES || label.length() > LONGEST_COMPARED) {
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

    /** How many characters must be put in, taken out, replaced or swapped with the next to make one text of the other. */
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
