package dev.crowdlab.report.words;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What ids begin and end with, all of them. */
record CommonParts(String start, String end) {

    static final CommonParts NONE = new CommonParts("", "");

    private static final String SEPARATORS = " -_./:#|";

    /** Fewer characters are not worth an ellipsis. */
    private static final int FEWEST = 4;

    static CommonParts of(Set<String> ids) {
        List<String> all = List.copyOf(ids);
        if (all.size() < 2) {
            return NONE;
        }
        String start = all.get(0);
        String end = all.get(0);
        for (String id : all) {
            while (!id.startsWith(start)) {
                start = start.substring(0, start.length() - 1);
            }
            while (!id.endsWith(end)) {
                end = end.substring(1);
            }
        }
        CommonParts parts = new CommonParts(toSeparator(start), fromSeparator(end));
        Set<String> rests = new HashSet<>();
        return all.stream().allMatch(id -> parts.fits(id) && rests.add(parts.rest(id))) ? parts : NONE;
    }

    private static String toSeparator(String start) {
        int length = start.length();
        while (length > 0 && SEPARATORS.indexOf(start.charAt(length - 1)) < 0) {
            length--;
        }
        return length < FEWEST ? "" : start.substring(0, length);
    }

    private static String fromSeparator(String end) {
        int at = end.indexOf('@');
        return at < 0 || end.length() - at < FEWEST ? "" : end.substring(at);
    }

    boolean isEmpty() {
        return start.isEmpty() && end.isEmpty();
    }

    private boolean fits(String id) {
        return id.length() > start.length() + end.length();
    }

    private String rest(String id) {
        return id.substring(start.length(), id.length() - end.length());
    }

    Shown without(String id) {
        boolean isOfThem = fits(id) && id.startsWith(start) && id.endsWith(end);
        Shown rest = Shown.of(isOfThem ? rest(id) : id, Shown.IN_SENTENCE);
        Shown begun = isOfThem && !start.isEmpty() ? rest.after("…") : rest;
        return isOfThem && !end.isEmpty() ? begun.and("…") : begun;
    }

    String sentence() {
        if (isEmpty()) {
            return "";
        }
        String first = start.isEmpty()
                ? ""
                : " begin with “" + Shown.of(start.strip(), Shown.IN_SENTENCE).plain() + "”";
        String last = end.isEmpty()
                ? ""
                : " end with “" + Shown.of(end, Shown.IN_SENTENCE).plain() + "”";
        return " All" + first + (first.isEmpty() || last.isEmpty() ? "" : " and") + last + ", which is left out here.";
    }
}
