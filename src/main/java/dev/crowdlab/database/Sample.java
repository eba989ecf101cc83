package dev.crowdlab.database;

import javax.sql.DataSource;

/** To be. */
public final class Sample {

    public static final String DATASET = "support-tickets";

    public static boolean isWanted(DataSource database) {
        return false;
    }

    public void load(DataSource database) {}
}
