package dev.crowdlab.cli.terminal;

import dev.crowdlab.cli.terminal.ChatNote.Line;
import dev.crowdlab.cli.terminal.ChatNote.Paragraph;
import java.util.ArrayList;
import java.util.List;

/**
 * A message of Slack: a text for notifications and blocks of mrkdwn. Slack takes 50 blocks of 3,000 characters, and
 * refuses more than about 13,000 characters in all of them. The three characters by which mentions and links are
 * written are escaped in every value, and nothing is recognized in plain text ({@code verbatim}).
 *
 * @param text what a notification shows
 */
record SlackMessage(String text, List<Block> blocks) {

    private static final int MOST_BLOCKS = 50;
    private static final int MOST_CHARACTERS = 12_000;
    private static final int MOST_OF_NAME = 300;
    private static final int MOST_OF_SENTENCE = 480;
    private static final int MOST_OF_ADVICE = 380;
    private static final int RESERVED = 1_000;

    SlackMessage {
        blocks = List.copyOf(blocks);
    }

    /** A block of the type section. */
    record Block(String type, Text text) {
        private Block(String mrkdwn) {
            this("section", new Text("mrkdwn", mrkdwn, true));
        }
    }

    /**
     * A text of a block.
     *
     * @param verbatim whether addresses and names of channels stay plain text
     */
    record Text(String type, String text, boolean verbatim) {}

    /** Writes as many paragraphs as Slack takes; a last block says how many are left out. */
    static JsonDocument of(ChatNote note) {
        List<Block> blocks = new ArrayList<>();
        String headline = escaped(note.headline(), MOST_OF_SENTENCE);
        blocks.add(new Block("*" + headline + "*"));
        int characters = headline.length() + RESERVED;
        int shown = 0;
        for (Paragraph paragraph : note.paragraphs()) {
            String text = text(paragraph);
            characters += text.length();
            if (characters > MOST_CHARACTERS || blocks.size() > MOST_BLOCKS - 3) {
                break;
            }
            blocks.add(new Block(text));
            shown++;
        }
        note.omitted(shown).ifPresent(sentence -> blocks.add(new Block(escaped(sentence, MOST_OF_SENTENCE))));
        note.reports()
                .map(address -> address.toASCIIString())
                .filter(address -> address.length() < RESERVED - MOST_OF_SENTENCE)
                .ifPresent(address -> blocks.add(new Block("<" + address.replace("&", "&amp;") + "|Reports>")));
        return JsonDocument.compact(new SlackMessage(headline, blocks));
    }

    private static String text(Paragraph paragraph) {
        StringBuilder text = new StringBuilder();
        if (!paragraph.verdict().isEmpty()) {
            text.append('*').append(paragraph.verdict()).append("* · ");
        }
        text.append(escaped(paragraph.subject(), MOST_OF_NAME));
        for (Line line : paragraph.lines()) {
            text.append("\n• ").append(escaped(line.sentence(), MOST_OF_SENTENCE));
            if (!line.advice().isEmpty()) {
                text.append("\n   _What to do:_ ")
                        .append(escaped(line.advice(), MOST_OF_ADVICE))
                        .append('.');
            }
        }
        return text.toString();
    }

    /**
     * The text with its control characters as entities.
     *
     * @param most characters; what is longer ends with an ellipsis
     */
    private static String escaped(String text, int most) {
        StringBuilder escaped = new StringBuilder();
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            String next =
                    switch (text.charAt(at)) {
                        case '&' -> "&amp;";
                        case '<' -> "&lt;";
                        case '>' -> "&gt;";
                        default -> Character.toString(text.codePointAt(at));
                    };
            if (escaped.length() + next.length() >= most) {
                return escaped.append('…').toString();
            }
            escaped.append(next);
        }
        return escaped.toString();
    }
}
