package dev.crowdlab.configuration;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.crowdlab.settings.DatasetSetting;
import dev.crowdlab.settings.section.Section;
import dev.crowdlab.settings.section.Setting;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Queries that are kept in files, {@code file:queries/votes.sql}, relative to the file that names them. */
final class QueryFiles {

    private static final String PREFIX = "file:";

    /** Longer than any query that somebody has written. */
    private static final int MAX_BYTES = 1 << 20;

    /** In no text that PostgreSQL takes, but in each that was saved as UTF-16. */
    private static final char NUL = '\0';

    private static final String BYTE_ORDER_MARK = "\ufeff";

    private final SettingOrigins origins;
    private final List<String> problems;

    QueryFiles(SettingOrigins origins, List<String> problems) {
        this.origins = origins;
        this.problems = problems;
    }

    /** The dataset with the texts of its files; without any query if one cannot be read, which is reported. */
    Section read(Section dataset) {
        int before = problems.size();
        Section read = dataset;
        Section without = dataset;
        for (Setting<?> query : DatasetSetting.queries()) {
            read = read.with(query, read(dataset.prefix() + "." + query.name(), dataset.text(query)));
            without = without.with(query, null);
        }
        return problems.size() == before ? read : without;
    }

    private @Nullable String read(String setting, @Nullable String text) {
        if (text == null || !text.strip().startsWith(PREFIX)) {
            return text == null || text.indexOf(NUL) < 0 ? text : refuse(setting, "has a character NUL; leave it out");
        }
        String written = text.strip().substring(PREFIX.length());
        try {
            Path file = origins.directory(setting).resolve(written).normalize();
            if (written.isBlank() || Files.isDirectory(file)) {
                return refuse(setting, file + " is a directory; name a file with a query");
            }
            byte[] bytes = beginning(file);
            if (bytes.length > MAX_BYTES) {
                return refuse(setting, file + " is longer than 1 MB; name a file with a query");
            }
            String query = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            if (query.indexOf(NUL) >= 0) {
                return refuse(
                        setting, "file " + written + " is not UTF-8, as it has a character NUL; save it as UTF-8");
            }
            return query.startsWith(BYTE_ORDER_MARK) ? query.substring(1) : query;
        } catch (NoSuchFileException e) {
            return refuse(
                    setting,
                    "there is no file " + e.getFile()
                            + "; the path begins where the file with this setting is, or in the working directory");
        } catch (CharacterCodingException e) {
            return refuse(setting, "file " + written + " is not UTF-8; save it as UTF-8");
        } catch (IOException | InvalidPathException e) {
            return refuse(setting, "file " + written + " cannot be read: " + e.getMessage());
        }
    }

    /** One byte more than a query may have, where there are so many: the size of a device or pipe is unknown. */
    private static byte[] beginning(Path file) throws IOException {
        try (InputStream stream = Files.newInputStream(file)) {
            return stream.readNBytes(MAX_BYTES + 1);
        }
    }

    private @Nullable String refuse(String setting, String sentence) {
        problems.add(setting + ": " + sentence);
        return null;
    }
}
