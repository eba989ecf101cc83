package dev.crowdlab.settings;

import dev.crowdlab.settings.section.Setting;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The names of all settings under {@code crowdlab}, and of additional ones. Each name is a list of words.
 */
public final class KnownSettings {

    /** Stands for the name of a dataset. */
    public static final String NAME = "*";

    /** Stands for the index of a list element. */
    public static final String INDEX = "#";

    /** Stands for any number of words that are checked elsewhere. */
    public static final String REST = "**";

    private static final int MAX_TYPOS = 2;

    private final List<List<String>> names = new ArrayList<>();

    /**
     * The program's own settings and the given ones.
     *
     * @param others the names of the latter
     */
    public KnownSettings(Collection<List<String>> others) {
        addAll(List.of(WrittenSettings.ROOT), ProgramSetting.all());
        List<String> ofDatasets = with(words(WrittenSettings.DATASETS), NAME);
        addAll(ofDatasets, DatasetSetting.all());
        List<String> ofTemplates = with(words(WrittenSettings.TEMPLATES), NAME);
        addAll(ofTemplates, List.of(WrittenSettings.PROJECTS));
        addAll(with(ofTemplates, WrittenSettings.DATASET.name()), DatasetSetting.all());
        names.addAll(others);
    }

    private void addAll(List<String> section, List<Setting<?>> settings) {
        for (Setting<?> setting : settings) {
            List<String> name = Stream.concat(section.stream(), words(setting.name()).stream())
                    .toList();
            switch (setting.type().shape()) {
                case TEXT -> names.add(name);
                case LIST -> {
                    names.add(name);
                    names.add(with(name, INDEX));
                }
                case MAP -> names.add(with(name, REST));
            }
        }
    }

    private static List<String> words(String name) {
        return List.of(name.split("\\."));
    }

    private static List<String> with(List<String> words, String word) {
        return Stream.concat(words.stream(), Stream.of(word)).toList();
    }

    /** The names of all settings. */
    public List<List<String>> names() {
        return List.copyOf(names);
    }

    /**
     * Returns why there is no such setting, in one sentence; empty if there is one, or the words name a section.
     *
     * @param advice what to do if no name is similar, by the section that precedes the first wrong word
     */
    public Optional<String> problem(List<String> words, UnaryOperator<String> advice) {
        int right = knownWords(words);
        if (right == words.size()) {
            return Optional.empty();
        }
        List<String> before = words.subList(0, right);
        return Optional.of(String.join(".", words.subList(0, right + 1)) + ": there is no such setting; "
                + nearest(before, words.get(right))
                        .map(word -> "did you mean " + String.join(".", with(before, word)) + "?")
                        .orElse(advice.apply(String.join(".", before))));
    }

    /**
     * Returns the length of the longest prefix of the words that some setting begins with. If it includes all words,
     * they name a setting or a section.
     */
    private int knownWords(List<String> words) {
        int most = 0;
        for (List<String> name : names) {
            int same = 0;
            while (same < Math.min(words.size(), name.size()) && isOf(words.get(same), name.get(same))) {
                same++;
            }
            boolean isRest = same < name.size() && name.get(same).equals(REST);
            most = Math.max(most, isRest ? words.size() : same);
        }
        return most;
    }

    private static boolean isOf(String word, String known) {
        return known.equals(NAME)
                || (known.equals(INDEX) && word.matches("\\d+"))
                || fold(word).equals(fold(known));
    }

    /** Suggests a word for the first wrong one, if one is similar. */
    private Optional<String> nearest(List<String> wordsBefore, String word) {
        return names.stream()
                .filter(name -> name.size() > wordsBefore.size()
                        && knownPrefix(name, wordsBefore)
                        && name.get(wordsBefore.size()).length() > REST.length())
                .map(name -> name.get(wordsBefore.size()))
                .filter(known -> isNear(fold(word), fold(known)))
                .findFirst();
    }

    private static boolean knownPrefix(List<String> name, List<String> words) {
        for (int index = 0; index < words.size(); index++) {
            if (!isOf(words.get(index), name.get(index))) {
                return false;
            }
        }
        return true;
    }

    /** Brings a word into the form that Spring compares: names that differ only in case, _ or - are equal. */
    public static String fold(String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("[_-]", "");
    }

    /** Whether one is probably the other, misspelled or truncated. */
    public static boolean isNear(String word, String known) {
        int typos = typos(word, known);
        boolean isPart = word.length() > MAX_TYPOS && known.startsWith(word);
        return isPart || (typos <= MAX_TYPOS && typos * 2 <= word.length());
    }

    /** Counts the letters that are missing, added, wrong or transposed. */
    private static int typos(String one, String other) {
        int[][] typos = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                typos[i][j] = i == 0 || j == 0 ? i + j : least(typos, one, other, i, j);
            }
        }
        return typos[one.length()][other.length()];
    }

    private static int least(int[][] typos, String one, String other, int i, int j) {
        int same = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        int least = Math.min(typos[i - 1][j - 1] + same, Math.min(typos[i - 1][j], typos[i][j - 1]) + 1);
        boolean isSwapped =
                i > 1 && j > 1 && one.charAt(i - 1) == other.charAt(j - 2) && one.charAt(i - 2) == other.charAt(j - 1);
        return isSwapped ? Math.min(least, typos[i - 2][j - 2] + 1) : least;
    }
}
