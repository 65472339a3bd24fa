package io.crossfoot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class S3SettingsTest {
    private static SparkConf completed(SparkConf conf, Map<String, String> environment) {
        S3Settings.complete(conf, environment);
        return conf;
    }

    private static String setting(String name, Map<String, String> environment) {
        return completed(new SparkConf(false), environment).get("spark.hadoop.fs.s3a." + name, "unset");
    }

    @Test
    void servesS3ByS3a() {
        assertThat(completed(new SparkConf(false), Map.of()).get("spark.hadoop.fs.s3.impl"))
                .isEqualTo("org.apache.hadoop.fs.s3a.S3AFileSystem");
    }

    @Test
    void leavesEndpointAndRegionToS3aWhereNoneIsSet() {
        assertThat(setting("endpoint", Map.of())).isEqualTo("unset");
        assertThat(setting("endpoint.region", Map.of("AWS_REGION", ""))).isEqualTo("unset");
        assertThat(setting("path.style.access", Map.of())).isEqualTo("unset");
    }

    @Test
    void takesTheEndpointOfTheServiceBeforeThatOfAll() {
        Map<String, String> both = Map.of("AWS_ENDPOINT_URL", "http://all", "AWS_ENDPOINT_URL_S3", "http://s3");

        assertThat(setting("endpoint", both)).isEqualTo("http://s3");
        assertThat(setting("path.style.access", both)).isEqualTo("true");
        assertThat(setting("endpoint", Map.of("AWS_ENDPOINT_URL", "http://all")))
                .isEqualTo("http://all");
        assertThat(setting(
                        "endpoint",
                        Map.of("AWS_ENDPOINT_URL", "http://all", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true")))
                .isEqualTo("unset");
    }

    @Test
    void takesTheRegionBeforeTheDefaultOne() {
        Map<String, String> both = Map.of("AWS_REGION", "eu-west-1", "AWS_DEFAULT_REGION", "us-east-2");

        assertThat(setting("endpoint.region", both)).isEqualTo("eu-west-1");
        assertThat(setting("endpoint.region", Map.of("AWS_DEFAULT_REGION", "us-east-2")))
                .isEqualTo("us-east-2");
    }

    @Test
    void keepsWhatTheUserHasSet() {
        SparkConf conf = new SparkConf(false)
                .set("spark.hadoop.fs.s3a.endpoint", "https://mine")
                .set("spark.hadoop.fs.s3a.retry.limit", "99")
                .set("spark.hadoop.fs.s3.impl", "com.example.Mine");

        completed(conf, Map.of("AWS_ENDPOINT_URL", "http://other"));

        assertThat(conf.get("spark.hadoop.fs.s3a.endpoint")).isEqualTo("https://mine");
        assertThat(conf.get("spark.hadoop.fs.s3a.retry.limit")).isEqualTo("99");
        assertThat(conf.get("spark.hadoop.fs.s3.impl")).isEqualTo("com.example.Mine");
    }

    @Test
    void carriesNoKey() {
        SparkConf conf = completed(
                new SparkConf(false), Map.of("AWS_ACCESS_KEY_ID", "AKIAX", "AWS_SECRET_ACCESS_KEY", "s3cret"));

        assertThat(conf.toDebugString()).doesNotContain("AKIAX", "s3cret");
    }
}
