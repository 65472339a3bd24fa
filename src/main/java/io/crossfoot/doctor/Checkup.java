package io.crossfoot.doctor;

import java.util.List;
import org.apache.spark.sql.SparkSession;

/**
 * Looks at one part of what Crossfoot runs on; it changes nothing, and finds rather than throws. Jars add their own
 * through {@link java.util.ServiceLoader}.
 */
public interface Checkup {
    List<Finding> examine(SparkSession spark);
}
