package io.crossfoot;

import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** What a run ran on. */
final class Versions {
    private Versions() {}

    static String crossfoot() {
        return Optional.ofNullable(Pipeline.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    static Map<String, String> of(SparkSession spark) {
        return Map.of(
                "crossfoot",
                crossfoot(),
                "spark",
                spark.version(),
                "scala",
                scala.util.Properties.versionNumberString(),
                "java",
                System.getProperty("java.version"));
    }
}
