package dev.crowdlab.configuration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table of settings in configuration.md. */
final class SettingsTable {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`(?:crowdlab|….).*?`) \\| (.*?) \\| (.*) \\|$");
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");

    /** Where the default is no value. */
    private static final Pattern WORDS = Pattern.compile("none|processors|built-in table.*|the .*|all .*");

    private SettingsTable() {}

    /**
     * A setting as the table has it.
     *
     * @param name in full, with NAME for the name of a dataset
     * @param standard its default as it would be written; words where that is no value
     * @param meaning with the marks of a page
     */
    record Row(String name, String standard, String meaning) {

        /** Whether the default is a value. */
        boolean hasValue() {
            return !WORDS.matcher(standard).matches();
        }

        /** The name for a dataset called d. */
        String nameForDataset() {
            return name.replace("NAME", "d");
        }
    }

    /** All settings, in the order of the table. */
    static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        Matcher row = ROW.matcher(Files.readString(Path.of("src/site/markdown/configuration.md")));
        while (row.find()) {
            List<String> names = NAME.matcher(row.group(1))
                    .results()
                    .map(found -> found.group(1))
                    .toList();
            List<String> defaults = names.size() == 1
                    ? List.of(row.group(2))
                    : List.of(row.group(2).split(", "));
            for (int index = 0; index < names.size(); index++) {
                String standard = defaults.get(Math.min(index, defaults.size() - 1));
                rows.add(new Row(fullName(names.get(index), names.get(0)), standard.replace("`", ""), row.group(3)));
            }
        }
        return rows;
    }

    private static String fullName(String name, String first) {
        String whole = name.startsWith(".") ? first.replaceFirst("\\.[^.]+$", "") + name : name;
        return whole.replace("…", "crowdlab.datasets.NAME");
    }
}
