package dev.crowdlab.cli.terminal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.crowdlab.cli.terminal.ChatNote.Line;
import dev.crowdlab.cli.terminal.ChatNote.Paragraph;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A message of Teams: an adaptive card in the envelope that a workflow's webhook takes. Teams takes 28 KB, counted as
 * two bytes a character by some of its receivers. All text stands in runs of text, in which Teams reads no Markdown, so
 * that no value can make a link.
 */
record TeamsMessage(String type, List<Attachment> attachments) {

    private static final int MOST_BYTES = 14_000;
    private static final int MOST_PARAGRAPHS = 50;
    private static final int MOST_OF_NAME = 100;
    private static final int MOST_OF_SENTENCE = 480;

    TeamsMessage {
        attachments = List.copyOf(attachments);
    }

    /** A card in its envelope. */
    record Attachment(@JsonProperty("contentType") String contentType, Card content) {}

    /** A card of the version that Teams shows everywhere. */
    record Card(
            @JsonProperty("$schema") String schema,
            String type,
            String version,
            List<Container> body,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<OpenUrl> actions) {}

    /** The paragraph of a dataset. */
    record Container(String type, boolean separator, List<RichText> items) {}

    /** A line. */
    record RichText(String type, List<Run> inlines) {}

    /** Text of one look. */
    record Run(
            String type,
            String text,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String weight,

            @JsonProperty("isSubtle") boolean isSubtle) {}

    /** A button. */
    record OpenUrl(String type, String title, String url) {}

    /** Writes as many paragraphs as Teams takes; a last line says how many are left out. */
    static JsonDocument of(ChatNote note) {
        int paragraphs = Math.min(MOST_PARAGRAPHS, note.paragraphs().size());
        OptionalInt fitting = IntStream.iterate(paragraphs, shown -> shown > 0, shown -> shown - 1)
                .filter(shown -> written(note, shown).bytes().length <= MOST_BYTES)
                .findFirst();
        return written(note, fitting.orElse(0));
    }

    private static JsonDocument written(ChatNote note, int shown) {
        List<Container> body = new ArrayList<>();
        body.add(container(false, List.of(line(bold(cut(note.headline(), MOST_OF_SENTENCE))))));
        note.paragraphs().stream().limit(shown).map(TeamsMessage::container).forEach(body::add);
        note.omitted(shown).ifPresent(sentence -> body.add(container(true, List.of(line(plain(sentence))))));
        List<OpenUrl> actions =
                note.reports().map(TeamsMessage::button).stream().toList();
        Card card =
                new Card("http://adaptivecards.io/schemas/adaptive-card.json", "AdaptiveCard", "1.4", body, actions);
        return JsonDocument.compact(
                new TeamsMessage("message", List.of(new Attachment("application/vnd.microsoft.card.adaptive", card))));
    }

    private static OpenUrl button(URI address) {
        return new OpenUrl("Action.OpenUrl", "Reports", address.toASCIIString());
    }

    private static Container container(Paragraph paragraph) {
        List<RichText> lines = new ArrayList<>();
        String subject = cut(paragraph.subject(), MOST_OF_NAME);
        lines.add(
                paragraph.verdict().isEmpty()
                        ? line(bold(subject))
                        : line(bold(paragraph.verdict()), plain(" · " + subject)));
        for (Line line : paragraph.lines()) {
            lines.add(line(plain("• " + cut(line.sentence(), MOST_OF_SENTENCE))));
            if (!line.advice().isEmpty()) {
                lines.add(line(
                        new Run("TextRun", "What to do: " + cut(line.advice(), MOST_OF_SENTENCE) + ".", null, true)));
            }
        }
        return container(true, lines);
    }

    private static Container container(boolean isParted, List<RichText> lines) {
        return new Container("Container", isParted, lines);
    }

    private static RichText line(Run... runs) {
        return new RichText("RichTextBlock", List.of(runs));
    }

    private static Run bold(String text) {
        return new Run("TextRun", text, "Bolder", false);
    }

    private static Run plain(String text) {
        return new Run("TextRun", text, null, false);
    }

    /** What is longer ends with an ellipsis, and no character is halved. */
    private static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 2)) ? most - 2 : most - 1;
        return text.substring(0, end) + "…";
    }
}
