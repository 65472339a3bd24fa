package io.crossfoot.doctor;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import org.apache.hadoop.util.VersionInfo;
import org.apache.spark.sql.SparkSession;

/** Versions, and the settings that change results elsewhere. */
final class RuntimeCheckup implements Checkup {
    private static final String COMMITTER = "spark.sql.sources.commitProtocolClass";

    @Override
    public List<Finding> examine(SparkSession spark) {
        Optional<GlueLine> line = GlueLine.ofSpark(spark.version());
        return List.of(
                new Finding(
                        "Crossfoot",
                        Optional.ofNullable(Doctor.class.getPackage().getImplementationVersion())
                                .orElse("development build")),
                new Finding("Spark", spark.version(), line.isPresent() ? "" : "no version of Glue runs this one"),
                new Finding("Scala", scala.util.Properties.versionNumberString()),
                java(),
                new Finding("Hadoop", VersionInfo.getVersion()),
                new Finding(
                        "Glue line",
                        line.map(GlueLine::version).orElse("none that is known"),
                        line.map(GlueLine::next).orElse("known are those with Spark 3.5.4, 3.5.6 and 4.1.1")),
                new Finding(
                        "ANSI mode", spark.conf().get("spark.sql.ansi.enabled"), "a run gives the same rows on or off"),
                new Finding(
                        "time zone",
                        spark.conf().get("spark.sql.session.timeZone") + ", Java "
                                + TimeZone.getDefault().getID(),
                        "a run gives the same rows in any"),
                encoding(),
                new Finding(
                        "committer",
                        spark.conf().get(COMMITTER).replaceFirst(".*\\.", ""),
                        "files are staged, and published by Crossfoot itself"),
                new Finding("master", spark.sparkContext().master()));
    }

    private static Finding java() {
        int feature = Runtime.version().feature();
        return new Finding(
                "Java", System.getProperty("java.version"), feature == 17 ? "" : "Glue 5.0, 5.1 and 6.0 run Java 17");
    }

    private static Finding encoding() {
        String name = Charset.defaultCharset().name();
        String names = System.getProperty("sun.jnu.encoding", name);
        boolean all = name.equals("UTF-8") && names.equals("UTF-8");
        return new Finding(
                "encoding",
                all ? name : name + ", of file names " + names,
                all
                        ? ""
                        : "names of local files beyond ASCII may be misread; start with -Dfile.encoding=UTF-8, LC_ALL=C.UTF-8");
    }
}
