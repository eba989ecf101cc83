package dev.crowdlab.schema;

import dev.crowdlab.text.UserProblem;

/** The schema was created by a development build before the first release, 0.2.0, which had different migrations. */
public final class DevelopmentSchemaException extends RuntimeException implements UserProblem {

    DevelopmentSchemaException(String database) {
        super("Schema crowdlab of database " + database + " was created by a development build before version 0.2.0,"
                + " which no version can upgrade; set spring.datasource.url to another database, or drop the schemas crowdlab"
                + " and crowdlab_bi with all their data (of an embedded database: move its directory .crowdlab away),"
                + " and call the program again.");
    }
}
