package dev.crowdlab.report.page;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How ids of one kind are written: two that look the same once they are cut get a number each. */
final class Names {

    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<String, Integer> headingNumbers = new HashMap<>();
    private final Map<String, String> pseudonyms = new HashMap<>();

    /** How pseudonyms begin, and many a team's ids. */
    private static final String NOUN = "annotator";

    private static final char AT = '@';

    private final boolean arePseudonyms;
    private final boolean beginWithNoun;

    /** Of the long ids, if they are addresses of one house: a heading does without. */
    private final String ending;

    private Names(boolean arePseudonyms, boolean beginWithNoun, String ending) {
        this.arePseudonyms = arePseudonyms;
        this.beginWithNoun = beginWithNoun;
        this.ending = ending;
    }

    /** The ids that the page shows, in the order in which it does. */
    static Names of(Collection<String> ids) {
        List<String> longIds = new LinkedHashSet<>(ids)
                .stream().filter(id -> id.length() > Shown.IN_HEADING).toList();
        Names names = new Names(false, ids.stream().allMatch(Names::beginsWithNoun), ending(longIds));
        number(longIds, id -> Shown.of(id, Shown.IN_HEADING), names.numbers);
        number(longIds, names::heading, names.headingNumbers);
        return names;
    }

    /** Numbers those that look the same. */
    private static void number(List<String> ids, Function<String, Shown> look, Map<String, Integer> numbers) {
        Map<String, List<String>> alike = new HashMap<>();
        ids.forEach(id -> alike.computeIfAbsent(look.apply(id).plain(), key -> new ArrayList<>())
                .add(id));
        for (List<String> same : alike.values()) {
            for (int i = 0; same.size() > 1 && i < same.size(); i++) {
                numbers.put(same.get(i), i + 1);
            }
        }
    }

    private static String ending(List<String> ids) {
        Set<String> endings = ids.stream()
                .map(id -> id.substring(Math.max(0, id.lastIndexOf(AT))))
                .collect(Collectors.toSet());
        String ending = endings.size() == 1 ? endings.iterator().next() : "";
        return ids.size() > 1 && ending.indexOf(AT) == 0 ? ending : "";
    }

    private Shown heading(String id) {
        boolean isShortened = !ending.isEmpty() && id.length() > Shown.IN_HEADING && id.endsWith(ending);
        return isShortened && id.length() > ending.length()
                ? Shown.of(id.substring(0, id.length() - ending.length()), Shown.IN_HEADING)
                        .and("@…")
                : Shown.of(id, Shown.IN_HEADING);
    }

    /** The same, with names that tell nothing in the place of the ids; numbered in the order in which the page shows them. */
    static Names pseudonyms(Collection<String> ids) {
        Names names = new Names(true, true, "");
        List<String> different = List.copyOf(new LinkedHashSet<>(ids));
        int width = String.valueOf(different.size()).length();
        for (int i = 0; i < different.size(); i++) {
            String number = String.valueOf(i + 1);
            names.pseudonyms.put(different.get(i), NOUN + "-" + "0".repeat(width - number.length()) + number);
        }
        return names;
    }

    boolean arePseudonyms() {
        return arePseudonyms;
    }

    private static boolean beginsWithNoun(String id) {
        return id.regionMatches(true, 0, NOUN, 0, NOUN.length());
    }

    /** The noun before an id, and a space; nothing if all ids begin with it, as pseudonyms do. */
    String noun(String noun) {
        return beginWithNoun ? "" : noun + " ";
    }

    /** In a sentence. */
    Shown inSentence(@Nullable String id) {
        return shown(id, Shown.IN_SENTENCE);
    }

    /** In a table. */
    Shown inTable(@Nullable String id) {
        return shown(id, Shown.IN_TABLE);
    }

    /** Whole, where a table need not cut it; else as short as in a heading. */
    Shown inCell(@Nullable String id) {
        Shown whole = inTable(id);
        return whole.plain().length() > Shown.IN_SENTENCE ? inHeading(id) : whole;
    }

    /** Over or beside a matrix. */
    Shown inHeading(@Nullable String id) {
        if (arePseudonyms || id == null) {
            return shown(id, Shown.IN_HEADING);
        }
        Shown heading = heading(id);
        Integer number = headingNumbers.get(id);
        return number == null ? heading : heading.and(" (" + number + ")");
    }

    /** In the words of a message, which quotes ids: {@code annotator 'a'}. */
    String inMessage(String message) {
        String told = message;
        for (Map.Entry<String, String> pseudonym : pseudonyms.entrySet()) {
            told = told.replace("'" + pseudonym.getKey() + "'", "'" + pseudonym.getValue() + "'");
        }
        return told;
    }

    private Shown shown(@Nullable String id, int most) {
        if (arePseudonyms && id != null && !id.isEmpty()) {
            return Shown.own(pseudonyms.getOrDefault(id, "another annotator"));
        }
        Shown shown = Shown.of(id, most);
        Integer number = id == null || id.length() <= most ? null : numbers.get(id);
        return number == null ? shown : shown.and(" (" + number + ")");
    }
}
