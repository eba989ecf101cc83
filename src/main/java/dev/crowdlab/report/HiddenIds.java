package dev.crowdlab.report;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Takes annotators' ids out of texts, as whole words in any case. */
final class HiddenIds {

    /** Without a number, since what stands around it could tell who that is. */
    private static final String INSTEAD = "[annotator]";

    /** A number of a text that is as short is hardly an id. */
    private static final Pattern SHORT_NUMBER = Pattern.compile("\\d{1,3}");

    private HiddenIds() {}

    static Map<String, String> without(Collection<String> annotators, Map<String, String> texts) {
        String all = String.join("\n", texts.values()).toLowerCase(Locale.ROOT);
        List<String> found = annotators.stream()
                .filter(id -> !id.isBlank() && !SHORT_NUMBER.matcher(id).matches())
                .filter(id -> all.contains(id.toLowerCase(Locale.ROOT)))
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        if (found.isEmpty()) {
            return texts;
        }
        Pattern ids = Pattern.compile(
                found.stream()
                        .map(Pattern::quote)
                        .collect(Collectors.joining("|", "(?<![\\p{L}\\p{N}_])(?:", ")(?![\\p{L}\\p{N}_])")),
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
        Map<String, String> told = new TreeMap<>();
        texts.forEach((example, text) -> told.put(example, ids.matcher(text).replaceAll(INSTEAD)));
        return told;
    }
}
