package dev.crowdlab.trial;

import java.io.File;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a newcomer may want to do next. */
public final class FirstRunHints {

    private FirstRunHints() {}

    public static List<String> lines(EmbeddedDatabase database) {
        return List.of(
                "",
                "The results are in the embedded PostgreSQL under " + database.directory()
                        + ". To look at them, keep it up in one terminal:",
                "  " + call("database", System.getProperty("program.name"), System.getProperty("java.class.path", "")),
                "and in another:",
                "  " + database.psqlCommand() + " -c 'select * from crowdlab_bi.review_queue limit 10'");
    }

    /**
     * How to call a command of this program, as it was called itself.
     *
     * @param launcher the script that has started it, if one has
     * @param classPath a jar alone if it was started as such, else what Maven puts there
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
