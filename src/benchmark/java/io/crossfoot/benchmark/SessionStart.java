package io.crossfoot.benchmark;

import org.apache.spark.sql.SparkSession;

/** What every process takes that starts Spark: a session, and no job. */
public final class SessionStart {
    private SessionStart() {}

    public static void main(String[] arguments) {
        SparkSession.builder().getOrCreate().stop();
    }
}
