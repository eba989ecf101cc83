package dev.crowdlab.cli.command;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The option {@code --output} of commands that show something. */
final class OutputOption {

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            defaultValue = "text",
            converter = Converter.class,
            description = "text, or json for scripts: one document, with the keys that the page on commands lists."
                    + " Default: ${DEFAULT-VALUE}.")
    private Format format = Format.TEXT;

    private enum Format {
        TEXT,
        JSON
    }

    boolean isJson() {
        return format == Format.JSON;
    }

    /** Takes lower case only, as the help writes it. */
    private static final class Converter implements ITypeConverter<Format> {

        @Override
        public Format convert(String text) {
            for (Format format : Format.values()) {
                if (format.name().toLowerCase(Locale.ROOT).equals(text)) {
                    return format;
                }
            }
            throw new TypeConversionException("'" + text + "' is neither text nor json");
        }
    }
}
