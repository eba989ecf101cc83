package dev.crowdlab.schema;

import dev.crowdlab.postgres.DatabaseException;

/** The schema was made by a build from before the first release, 0.2.0, whose migrations were others. */
public final class DevelopmentSchemaException extends DatabaseException {

    private static final long serialVersionUID = 1L;

    DevelopmentSchemaException(String database) {
        super("Schema crowdlab of database " + database + " was made by a development build from before version 0.2.0,"
                + " which no version upgrades; give spring.datasource.url another database, or drop the schemas crowdlab"
                + " and crowdlab_bi with all their data (of an embedded database: move its directory .crowdlab away),"
                + " and call the program again.");
    }
}
