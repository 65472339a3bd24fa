package io.crossfoot.doctor;

import java.util.Arrays;
import java.util.Optional;

/** The versions of AWS Glue that Crossfoot knows, by the Spark that each one runs. */
enum GlueLine {
    GLUE_5_0("5.0", "3.5.4", "5.1 brings Spark 3.5.6; nothing that a run uses changes"),
    GLUE_5_1(
            "5.1",
            "3.5.6",
            "6.0 brings Spark 4.1 and Scala 2.13, ANSI mode unless it is switched off (a run does that for itself), S3A"
                    + " behind s3:// instead of EMRFS, and no AWS SDK 1"),
    GLUE_6_0("6.0", "4.1.1", "the newest that is known here");

    private final String version;
    private final String spark;
    private final String next;

    GlueLine(String version, String spark, String next) {
        this.version = version;
        this.spark = spark;
        this.next = next;
    }

    /** @param spark as Spark tells it; Amazon's builds add a suffix to the number */
    static Optional<GlueLine> ofSpark(String spark) {
        return Arrays.stream(values())
                .filter(line -> spark.equals(line.spark) || spark.startsWith(line.spark + "-"))
                .findFirst();
    }

    String version() {
        return version;
    }

    /** Returns what changes with the next version. */
    String next() {
        return next;
    }
}
