package dev.crowdlab.report.page;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How ids of one kind are written: two that look the same once they are cut get a number each. */
final class Names {

    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<String, String> pseudonyms = new HashMap<>();

    /** How pseudonyms begin, and many a team's ids. */
    private static final String NOUN = "annotator";

    private final boolean arePseudonyms;
    private final boolean beginWithNoun;

    private Names(boolean arePseudonyms, boolean beginWithNoun) {
        this.arePseudonyms = arePseudonyms;
        this.beginWithNoun = beginWithNoun;
    }

    /** The ids that the page shows, in the order in which it does. */
    static Names of(Collection<String> ids) {
        Names names = new Names(false, ids.stream().allMatch(Names::beginsWithNoun));
        Map<String, List<String>> alike = new HashMap<>();
        for (String id : new LinkedHashSet<>(ids)) {
            if (id.length() > Shown.IN_HEADING) {
                alike.computeIfAbsent(Shown.of(id, Shown.IN_HEADING).plain(), key -> new ArrayList<>())
                        .add(id);
            }
        }
        for (List<String> same : alike.values()) {
            for (int i = 0; same.size() > 1 && i < same.size(); i++) {
                names.numbers.put(same.get(i), i + 1);
            }
        }
        return names;
    }

    /** The same, with names that tell nothing in the place of the ids; numbered in the order in which the page shows them. */
    static Names pseudonyms(Collection<String> ids) {
        Names names = new Names(true, true);
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

    /** Over or beside a matrix. */
    Shown inHeading(@Nullable String id) {
        return shown(id, Shown.IN_HEADING);
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
