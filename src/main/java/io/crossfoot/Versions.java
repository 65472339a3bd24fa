package io.crossfoot;

import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** What a run ran on. */
final class Versions {
    private Versions() {}

    static Map<String, String> of(SparkSession spark) {
        return Map.of(
                "crossfoot",
                Optional.ofNullable(Pipeline.class.getPackage().getImplementationVersion())
                        .orElse("development"),
                "spark",
                spark.version(),
                "scala",
                scala.util.Properties.versionNumberString(),
                "java",
                System.getProperty("java.version"));
    }
}
