package io.crossfoot.cli;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;

/**
 * Lets {@code s3://} and {@code s3a://} work in a session of the command line, by Hadoop's S3A, as the standard AWS
 * settings have it. A setting of the user, by {@code spark.hadoop.fs.s3a.*} or in Hadoop's core-site.xml, is kept; and a
 * platform that brings its own {@code s3://}, such as Glue or EMR, is left alone.
 *
 * <p>Keys are not touched here: S3A asks the default chain of the AWS SDK for them when it needs them (environment, web
 * identity, profile, container, instance), after {@code fs.s3a.access.key} if that is set.
 *
 * <p>What does not answer is asked again for at most about half a minute.
 */
public final class S3Settings {
    private static final String S3A = "org.apache.hadoop.fs.s3a.S3AFileSystem";
    private static final String CREDENTIALS = String.join(
            ",",
            "org.apache.hadoop.fs.s3a.TemporaryAWSCredentialsProvider",
            "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider",
            "com.amazonaws.auth.DefaultAWSCredentialsProviderChain");

    private final SparkConf conf;
    private final Configuration site;

    private S3Settings(SparkConf conf, Configuration site) {
        this.conf = conf;
        this.site = site;
    }

    /** Adds to the settings of a session that is not started yet what they lack. */
    public static void complete(SparkConf conf, Map<String, String> environment) {
        Configuration site = new Configuration(false);
        site.addResource("core-site.xml");
        new S3Settings(conf, site).complete(environment);
    }

    private void complete(Map<String, String> environment) {
        if (site.get("fs.s3.impl") != null) {
            return;
        }
        set("fs.s3.impl", S3A);
        set("fs.s3a.aws.credentials.provider", CREDENTIALS);
        endpoint(environment).ifPresent(endpoint -> {
            set("fs.s3a.endpoint", endpoint);
            // other stores have no name for each bucket
            set("fs.s3a.path.style.access", "true");
        });
        first(environment, "AWS_REGION", "AWS_DEFAULT_REGION")
                .ifPresent(region -> set("fs.s3a.endpoint.region", region));
        // the defaults ask a dead endpoint for a quarter of an hour
        set("fs.s3a.connection.establish.timeout", "5000");
        set("fs.s3a.attempts.maximum", "3");
        set("fs.s3a.retry.limit", "4");
        set("fs.s3a.retry.interval", "500ms");
    }

    private static Optional<String> endpoint(Map<String, String> environment) {
        return "true".equalsIgnoreCase(environment.get("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"))
                ? Optional.empty()
                : first(environment, "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL");
    }

    private static Optional<String> first(Map<String, String> environment, String... names) {
        return Stream.of(names)
                .map(name -> environment.getOrDefault(name, ""))
                .filter(value -> !value.isBlank())
                .findFirst();
    }

    private void set(String key, String value) {
        if (site.get(key) == null) {
            conf.setIfMissing("spark.hadoop." + key, value);
        }
    }
}
