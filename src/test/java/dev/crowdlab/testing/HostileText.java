package dev.crowdlab.testing;

import java.util.List;
import java.util.Random;

/** Texts that somebody might send by mistake or on purpose; the same for the same random numbers. No NUL: PostgreSQL has none. */
public final class HostileText {

    private static final List<String> PARTS = List.of(
            "'; drop table crowdlab.run; --",
            "\"); delete from crowdlab.annotation; --",
            "' or '1'='1",
            "${SPRING_DATASOURCE_PASSWORD}",
            "#{T(java.lang.Runtime).getRuntime()}",
            "%s%n%x",
            "$1",
            "?",
            ":dataset",
            "\\",
            "\\.",
            "\\N",
            "null",
            "\t",
            "\n",
            "\r\n",
            "\u0001",
            "\u202E",
            "\uFEFF",
            "\uFFFD",
            "\uD83D\uDE00",
            "é",
            "e\u0301",
            " ",
            ",",
            "\"",
            "''",
            "../../etc/passwd",
            "--force",
            "-1",
            "1e400",
            "NaN",
            "0x10",
            "²",
            "true",
            "yes",
            "~",
            "{}",
            "[",
            "&a",
            "*a",
            "!!java.net.URL",
            "x");

    private HostileText() {}

    public static String next(Random random) {
        StringBuilder text = new StringBuilder();
        for (int part = 1 + random.nextInt(3); part > 0; part--) {
            text.append(PARTS.get(random.nextInt(PARTS.size())));
        }
        return random.nextInt(60) == 0 ? text.toString().repeat(400) : text.toString();
    }
}
