package dev.crowdlab.spark;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** Sessions of Spark SQL that see times as PostgreSQL's do here, in UTC, whatever the cluster's configuration says. */
final class TableSession {

    private TableSession() {}

    /** Opens a session in a context that is there, with its catalogs. */
    static SparkSession open(JavaSparkContext spark) {
        SparkSession session =
                SparkSession.builder().config(spark.getConf()).getOrCreate().newSession();
        session.conf().set("spark.sql.session.timeZone", "UTC");
        session.conf().set("spark.sql.datetime.java8API.enabled", "true");
        session.conf().set("spark.sql.caseSensitive", "true");
        session.conf().set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS");
        return session;
    }
}
