package dev.crowdlab.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Suggests corrections of misspelled words. */
public final class Spelling {

    /** One mistake is tolerated per this number of letters. */
    private static final int LETTERS_PER_MISTAKE = 3;

    private Spelling() {}

    /**
     * Returns the known word with the fewest mistakes, if they are few for the word's length; if there are several, the
     * first.
     */
    public static Optional<String> nearest(String word, Collection<String> known) {
        return known.stream()
                .filter(candidate -> mistakes(word, candidate) <= Math.max(1, word.length() / LETTERS_PER_MISTAKE))
                .min(Comparator.comparingInt(candidate -> mistakes(word, candidate)));
    }

    /** Counts the letters that are added, missing, wrong or transposed. */
    private static int mistakes(String word, String meant) {
        int[][] least = new int[word.length() + 1][meant.length() + 1];
        for (int read = 0; read <= word.length(); read++) {
            for (int written = 0; written <= meant.length(); written++) {
                least[read][written] =
                        read == 0 || written == 0 ? read + written : step(least, word, meant, read, written);
            }
        }
        return least[word.length()][meant.length()];
    }

    private static int step(int[][] least, String word, String meant, int read, int written) {
        boolean isSame = word.charAt(read - 1) == meant.charAt(written - 1);
        int mistakes = Math.min(
                Math.min(least[read - 1][written], least[read][written - 1]) + 1,
                least[read - 1][written - 1] + (isSame ? 0 : 1));
        boolean isSwapped = read > 1
                && written > 1
                && word.charAt(read - 1) == meant.charAt(written - 2)
                && word.charAt(read - 2) == meant.charAt(written - 1);
        return isSwapped ? Math.min(mistakes, least[read - 2][written - 2] + 1) : mistakes;
    }
}
