package dev.crowdlab;

import dev.crowdlab.database.EmbeddedDatabase;
import java.util.List;

/** What a newcomer may want to do next. */
final class NextSteps {

    private NextSteps() {}

    static List<String> lines(EmbeddedDatabase database) {
        return List.of(
                "",
                "The results are in the embedded PostgreSQL under ./.crowdlab. To look at them, keep it up in one terminal:",
                "  ./mvnw -q spring-boot:run -Dspring-boot.run.arguments=database",
                "and in another:",
                "  " + database.psqlCommand() + " -c 'select * from crowdlab_bi.review_queue limit 10'");
    }
}
