package io.crossfoot.emulator.child;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a child process finds the emulated AWS: what Glue, or the shell that a user works in, would have set. */
public final class Surroundings {
    private Surroundings() {}

    /** Returns the standard AWS variables. */
    public static Map<String, String> environment(URI endpoint, String region, Map<String, String> keys) {
        Map<String, String> environment = new LinkedHashMap<>(keys);
        environment.put("AWS_ENDPOINT_URL", endpoint.toString());
        environment.put("AWS_REGION", region);
        environment.put("AWS_DEFAULT_REGION", region);
        environment.put("AWS_EC2_METADATA_DISABLED", "true");
        environment.put("SPARK_LOCAL_IP", "127.0.0.1");
        return environment;
    }

    /** Returns keys that moto takes for the account itself. */
    public static Map<String, String> accountKeys() {
        return Map.of("AWS_ACCESS_KEY_ID", "testing", "AWS_SECRET_ACCESS_KEY", "testing");
    }

    /** Returns Spark's settings as JVM flags: local, and with S3 at the endpoint under both of its schemes. */
    public static List<String> sparkFlags(URI endpoint, String region) {
        return List.of(
                "-Dspark.master=local[2]",
                "-Dspark.ui.enabled=false",
                "-Dspark.driver.host=127.0.0.1",
                "-Dspark.driver.bindAddress=127.0.0.1",
                "-Dspark.sql.shuffle.partitions=2",
                "-Dspark.hadoop.fs.s3.impl=org.apache.hadoop.fs.s3a.S3AFileSystem",
                "-Dspark.hadoop.fs.s3a.endpoint=" + endpoint,
                "-Dspark.hadoop.fs.s3a.endpoint.region=" + region,
                "-Dspark.hadoop.fs.s3a.path.style.access=true",
                "-Dspark.hadoop.fs.s3a.connection.ssl.enabled=false");
    }
}
