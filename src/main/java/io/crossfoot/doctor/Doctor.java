package io.crossfoot.doctor;

import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** All checkups there are. */
public final class Doctor {
    private Doctor() {}

    /** Returns what was found, in the order in which to read it. */
    public static List<Finding> examine(SparkSession spark) {
        Stream<Checkup> others = ServiceLoader.load(Checkup.class, Doctor.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get);
        return Stream.concat(Stream.of(new RuntimeCheckup()), others)
                .flatMap(checkup -> checkup.examine(spark).stream())
                .toList();
    }
}
