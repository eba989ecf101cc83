package dev.crowdlab.report.words;

import dev.crowdlab.report.words.Shown.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A sentence or two, with some words that stand out.
 *
 * @param spans one after another
 */
public record Prose(List<Span> spans) {

    /** No words. */
    public static final Prose NONE = new Prose(List.of());

    /**
     * Words of one kind.
     *
     * @param shown the words
     * @param isBold whether they are the point
     * @param isId whether they come from the data
     * @param isCode whether a program would understand them
     * @param isMuted whether they stand back
     * @param href where they lead; null: nowhere
     */
    public record Span(
            Shown shown,
            boolean isBold,
            boolean isId,
            boolean isCode,
            boolean isMuted,
            @Nullable String href) {

        public List<Part> parts() {
            return shown.parts();
        }
    }

    /** Plain words. */
    public static Prose of(String text) {
        return new Builder().text(text).end();
    }

    /** Begins with nothing. */
    public static Builder begin() {
        return new Builder();
    }

    public boolean isEmpty() {
        return spans.isEmpty();
    }

    /** The words alone. */
    public String plain() {
        return spans.stream().map(span -> span.shown().plain()).collect(Collectors.joining());
    }

    /** Puts words together. */
    public static final class Builder {

        private final List<Span> spans = new ArrayList<>();

        private Builder() {}

        public Builder text(String text) {
            return add(Shown.own(text), false, false);
        }

        public Builder bold(String text) {
            return add(Shown.own(text), true, false);
        }

        public Builder muted(String text) {
            spans.add(new Span(Shown.own(text), false, false, false, true, null));
            return this;
        }

        public Builder code(String text) {
            spans.add(new Span(Shown.own(text), false, false, true, false, null));
            return this;
        }

        public Builder link(String href, String text) {
            spans.add(new Span(Shown.own(text), false, false, false, false, href));
            return this;
        }

        public Builder id(Shown id) {
            return add(id, false, true);
        }

        public Builder boldId(Shown id) {
            return add(id, true, true);
        }

        /** In quotation marks: {@code “a”}. */
        public Builder quoted(Shown id, boolean isBold) {
            add(Shown.own("“"), isBold, false);
            add(id, isBold, true);
            return add(Shown.own("”"), isBold, false);
        }

        /** Several, with a comma between two. */
        public Builder ids(List<Shown> ids) {
            for (int i = 0; i < ids.size(); i++) {
                if (i > 0) {
                    text(", ");
                }
                id(ids.get(i));
            }
            return this;
        }

        public Builder all(Prose prose) {
            spans.addAll(prose.spans());
            return this;
        }

        private Builder add(Shown shown, boolean isBold, boolean isId) {
            spans.add(new Span(shown, isBold, isId, false, false, null));
            return this;
        }

        public Prose end() {
            return new Prose(List.copyOf(spans));
        }
    }
}
