package dev.crowdlab.spark;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** Spark in the JVM of the test. */
public final class LocalSpark {

    private LocalSpark() {}

    /**
     * @param master such as {@code local[2,4]}: two threads, and four attempts for each task
     */
    public static JavaSparkContext start(String master) {
        SparkConf settings = new SparkConf()
                .setMaster(master)
                .setAppName("test")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.driver.bindAddress", "127.0.0.1");
        JavaSparkContext spark = new JavaSparkContext(settings);
        spark.setLogLevel("OFF");
        return spark;
    }
}
