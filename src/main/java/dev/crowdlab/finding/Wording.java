package dev.crowdlab.finding;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a finding says, in parts: what names or quotes somebody is a part of its own, so that a page that may not show
 * it need not search for it in a sentence. Immutable.
 *
 * @param parts one after the other
 */
public record Wording(List<Part> parts) {

    /** Nothing yet. */
    public static final Wording NONE = new Wording(List.of());

    private static final char FIRST_UNESCAPED = ' ';

    /** What a part is. */
    public enum Kind {
        /** What was found, in a few words, of which nobody's name is one. */
        HEADLINE(false),
        /** More words without anybody's name. */
        TEXT(false),
        /** Where to look it up, in the words of the tables: for those who write SQL. */
        LOOKUP(false),
        /** The id of an annotator. */
        ANNOTATOR(true),
        /** Values of the input, which may be anything. */
        VALUE(true),
        /** Somebody else's words: a person's reason, or an error message. */
        REASON(true),
        /** All words of a finding of an earlier version, which did not record its parts. */
        WHOLE(true);

        private final boolean isPrivate;

        Kind(boolean isPrivate) {
            this.isPrivate = isPrivate;
        }

        /** Whether it may name a person. */
        public boolean isPrivate() {
            return isPrivate;
        }
    }

    /** Some words, or an id without quotes. */
    public record Part(Kind kind, String text) {

        /** The words, the id in quotes. */
        public String shown() {
            return kind == Kind.ANNOTATOR ? "'" + text + "'" : text;
        }
    }

    /** Lists are copied. */
    public Wording {
        parts = List.copyOf(parts);
    }

    /** Begins with what was found: a whole sentence, or its first words. */
    public static Wording of(String headline) {
        return new Wording(List.of(new Part(Kind.HEADLINE, headline)));
    }

    /** Somebody else's words only, such as an error message. */
    public static Wording ofReason(String reason) {
        return new Wording(List.of(new Part(Kind.REASON, reason)));
    }

    /** The sentence of an earlier version, whose parts are not known. */
    public static Wording ofEarlierVersion(String message) {
        return new Wording(List.of(new Part(Kind.WHOLE, message)));
    }

    public Wording text(String words) {
        return and(Kind.TEXT, words);
    }

    public Wording lookup(String words) {
        return and(Kind.LOOKUP, words);
    }

    public Wording annotator(String id) {
        return and(Kind.ANNOTATOR, id);
    }

    /** Adds values of the input; nothing if they are empty. */
    public Wording value(String values) {
        return values.isEmpty() ? this : and(Kind.VALUE, values);
    }

    public Wording reason(String words) {
        return and(Kind.REASON, words);
    }

    /** Adds annotators, separated by commas, and that there are more than so many. */
    public Wording annotators(List<String> ids, int most) {
        Wording naming = this;
        for (int i = 0; i < Math.min(ids.size(), most); i++) {
            naming = (i == 0 ? naming : naming.text(", ")).annotator(ids.get(i));
        }
        return ids.size() > most ? naming.text(", …") : naming;
    }

    /** Adds all words of another. */
    public Wording and(Wording other) {
        List<Part> all = new ArrayList<>(parts);
        all.addAll(other.parts);
        return new Wording(all);
    }

    private Wording and(Kind kind, String text) {
        return and(new Wording(List.of(new Part(kind, text))));
    }

    /** Whether there is a part that names nobody. */
    public boolean hasPublicPart() {
        return parts.stream().anyMatch(part -> !part.kind().isPrivate());
    }

    /** All words. */
    @Override
    public String toString() {
        return parts.stream().map(Part::shown).collect(Collectors.joining());
    }

    /** As a JSON array with an object for each part: its kind, in small letters, and its text. */
    public String json() {
        return parts.stream()
                .map(part ->
                        "{\"" + part.kind().name().toLowerCase(Locale.ROOT) + "\": \"" + escaped(part.text()) + "\"}")
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '"' || character == '\\') {
                escaped.append('\\').append(character);
            } else if (character < FIRST_UNESCAPED) {
                escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) character));
            } else {
                escaped.append(character);
            }
        }
        return escaped.toString();
    }
}
