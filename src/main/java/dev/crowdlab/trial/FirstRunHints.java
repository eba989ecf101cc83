package dev.crowdlab.trial;

import dev.crowdlab.cli.call.Trial.OwnDatabase;
import java.io.File;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Suggests to newcomers what to do next. */
public final class FirstRunHints {

    private FirstRunHints() {}

    public static List<String> lines(OwnDatabase database) {
        return List.of(
                "",
                "The results are in the embedded PostgreSQL under " + database.directory()
                        + ". To look at them, keep it running in one terminal:",
                "  " + call("database", System.getProperty("program.name"), System.getProperty("java.class.path", "")),
                "and in another:",
                "  " + database.psqlCommand()
                        + " -c 'select * from crowdlab_bi.review_queue where rank <= 10 order by rank'");
    }

    /**
     * Returns how to call a command in the same way as this program was called.
     *
     * @param launcher the script that started it, if any
     * @param classPath a single jar if it was started from one, otherwise Maven's class path
     */
    static String call(String command, @Nullable String launcher, String classPath) {
        if (launcher != null) {
            return ShellWord.quoted(launcher) + " " + command;
        }
        if (classPath.endsWith(".jar") && !classPath.contains(File.pathSeparator)) {
            return "java -jar " + ShellWord.quoted(classPath) + " " + command;
        }
        return "./mvnw -q spring-boot:run -Dspring-boot.run.arguments=" + command;
    }
}
