package dev.crowdlab.report.words;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How ids of one kind are written: never so short that two look the same; where nothing else helps, they get a number each. */
public final class Names {

    /** How pseudonyms begin, and many a team's ids. */
    private static final String NOUN = "annotator";

    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<String, Integer> headingNumbers = new HashMap<>();
    private final Map<String, Shown> headings = new HashMap<>();
    private final Map<String, String> pseudonyms = new HashMap<>();
    private final boolean arePseudonyms;
    private final boolean beginWithNoun;

    /** What a table leaves out of every id. */
    private final CommonParts common;

    private Names(boolean arePseudonyms, boolean beginWithNoun, CommonParts common) {
        this.arePseudonyms = arePseudonyms;
        this.beginWithNoun = beginWithNoun;
        this.common = common;
    }

    /** The ids that the page shows, in the order in which it does, whole where a table has room. */
    public static Names of(Collection<String> ids) {
        return of(ids, Integer.MAX_VALUE);
    }

    /** The same; if one is longer than so many characters, tables leave out what all begin or end with. */
    public static Names of(Collection<String> ids, int longest) {
        Set<String> different = new LinkedHashSet<>(ids);
        boolean isTooLong = different.stream().anyMatch(id -> id.length() > longest);
        Names names = new Names(
                false,
                ids.stream().allMatch(Names::beginsWithNoun),
                isTooLong ? CommonParts.of(different) : CommonParts.NONE);
        List<String> longIds =
                different.stream().filter(id -> id.length() > Shown.IN_HEADING).toList();
        number(longIds, id -> Shown.of(id, Shown.IN_HEADING), names.numbers);
        names.shorten(different, longIds);
        number(longIds, names::heading, names.headingNumbers);
        return names;
    }

    /** The same, with names that tell nothing in the place of the ids; numbered in the order in which the page shows them. */
    public static Names pseudonyms(Collection<String> ids) {
        Names names = new Names(true, true, CommonParts.NONE);
        List<String> different = List.copyOf(new LinkedHashSet<>(ids));
        int width = String.valueOf(different.size()).length();
        for (int i = 0; i < different.size(); i++) {
            String number = String.valueOf(i + 1);
            names.pseudonyms.put(different.get(i), NOUN + "-" + "0".repeat(width - number.length()) + number);
        }
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

    /** Finds short headings: without what all have in common, or without the house of an address, where each is still another. */
    private void shorten(Set<String> ids, List<String> longIds) {
        CommonParts parts = CommonParts.of(ids);
        for (Function<String, Shown> look : List.<Function<String, Shown>>of(parts::without, Names::withoutHouse)) {
            Map<String, Integer> count = new HashMap<>();
            ids.forEach(id -> count.merge(look.apply(id).plain(), 1, Integer::sum));
            for (String id : longIds) {
                String text = look.apply(id).plain();
                if (text.length() <= Shown.IN_HEADING && count.getOrDefault(text, 0) == 1) {
                    headings.putIfAbsent(id, look.apply(id));
                }
            }
        }
    }

    private static Shown withoutHouse(String id) {
        int at = id.lastIndexOf('@');
        return at < 1
                ? Shown.of(id, Integer.MAX_VALUE - 1)
                : Shown.of(id.substring(0, at), Shown.IN_SENTENCE).and("@…");
    }

    private Shown heading(String id) {
        Shown inTable = common.without(id);
        return !common.isEmpty() && inTable.plain().length() <= Shown.IN_HEADING
                ? inTable
                : headings.getOrDefault(id, Shown.of(id, Shown.IN_HEADING));
    }

    boolean arePseudonyms() {
        return arePseudonyms;
    }

    /** What {@code …} in a table stands for, as a sentence with a space before it; empty: nothing is left out. */
    public String leftOut() {
        return common.sentence();
    }

    private static boolean beginsWithNoun(String id) {
        return id.regionMatches(true, 0, NOUN, 0, NOUN.length());
    }

    /** The noun before an id, and a space; nothing if all ids begin with it, as pseudonyms do. */
    public String noun(String noun) {
        return beginWithNoun ? "" : noun + " ";
    }

    /** In a sentence. */
    public Shown inSentence(@Nullable String id) {
        return shown(id, Shown.IN_SENTENCE);
    }

    /** In a table. */
    public Shown inTable(@Nullable String id) {
        return arePseudonyms || id == null || common.isEmpty() || id.length() > Shown.IN_SENTENCE
                ? shown(id, Shown.IN_TABLE)
                : common.without(id);
    }

    /** Whole, where a table need not cut it; else as short as in a heading. */
    public Shown inCell(@Nullable String id) {
        Shown whole = inTable(id);
        return whole.plain().length() > Shown.IN_SENTENCE ? inHeading(id) : whole;
    }

    /** Over or beside a matrix. */
    public Shown inHeading(@Nullable String id) {
        if (arePseudonyms || id == null) {
            return shown(id, Shown.IN_HEADING);
        }
        Shown heading = heading(id);
        Integer number = headingNumbers.get(id);
        return number == null ? heading : heading.and(" (" + number + ")");
    }

    /** In the words of a message, which quotes ids: {@code annotator 'a'}. */
    public String inMessage(String message) {
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
