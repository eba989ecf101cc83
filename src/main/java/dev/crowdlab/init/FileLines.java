package dev.crowdlab.init;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The lines of a file of settings in the making, and what whoever reads the file is to find in it. */
final class FileLines {

    /** Names without any quotation marks, and no character that is not written as it is. */
    private static final Pattern PLAIN_QUERY = Pattern.compile("[!-~&&[^\"]][ -~\n&&[^\"]]*");

    private static final String INDENT = "  ";

    private final List<String> lines = new ArrayList<>();
    private final Deque<String> sections = new ArrayDeque<>();
    private final Map<String, String> texts = new LinkedHashMap<>();
    private final Map<String, String> variables = new LinkedHashMap<>();
    private boolean isCommented;

    ProposedFile file() {
        return new ProposedFile(String.join("\n", lines) + "\n", texts, variables);
    }

    void blank() {
        lines.add("");
    }

    /** A comment; characters that could end its line are escaped. */
    void comment(String text) {
        lines.add(INDENT.repeat(sections.size()) + "# " + FileText.comment(text));
    }

    /** Begins a section. */
    void open(String key) {
        add(key + ":");
        sections.addLast(key);
    }

    /** Begins the section of a dataset, whose name might be read as something else than a text. */
    void openDataset(String name) {
        add(FileText.quoted(name) + ":");
        sections.addLast(name);
    }

    /** Ends the section. */
    void close() {
        sections.removeLast();
    }

    /** What the content adds is a comment that becomes a part of the file when its # are removed. */
    void commented(Runnable content) {
        isCommented = true;
        content.run();
        isCommented = false;
    }

    void text(String key, String value) {
        add(key + ": " + FileText.quoted(value));
        mean(key, value);
    }

    void number(String key, long value) {
        add(key + ": " + value);
        mean(key, String.valueOf(value));
    }

    /** A word of the program's own. */
    void word(String key, String value) {
        add(key + ": " + value);
        mean(key, value);
    }

    /** A variable of the environment whose value is meant. */
    void variable(String key, String name, String remark) {
        add(key + ": ${" + name + "}" + remark);
        if (!isCommented) {
            variables.put(path(key), name);
        }
    }

    void list(String key, List<String> values) {
        add(key + ": [" + values.stream().map(FileText::quoted).collect(Collectors.joining(", ")) + "]");
        for (int index = 0; index < values.size(); index++) {
            mean(key + "[" + index + "]", values.get(index));
        }
    }

    /** A query, on lines of its own if all names in it are plain. */
    void query(String key, String query) {
        if (!PLAIN_QUERY.matcher(query).matches()) {
            text(key, query);
            return;
        }
        add(key + ": |");
        FileText.verbatim(query).lines().forEach(line -> add(INDENT + line));
        mean(key, query + "\n");
    }

    private void add(String line) {
        lines.add(INDENT.repeat(sections.size()) + (isCommented ? "# " : "") + line);
    }

    private void mean(String key, String value) {
        if (!isCommented) {
            texts.put(path(key), value);
        }
    }

    private String path(String key) {
        return String.join(".", sections) + "." + key;
    }
}
