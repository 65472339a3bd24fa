package io.crossfoot.emulator.moto;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfoot.emulator.http.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlacesTest {
    @Test
    void readsPathsOfS3() {
        assertThat(S3Path.parse("s3://my-bucket/a/b c.csv")).contains(new S3Path("my-bucket", "a/b c.csv"));
        assertThat(S3Path.parse("s3a://my-bucket")).contains(new S3Path("my-bucket", ""));
        assertThat(new S3Path("b", "out/").child("x.csv")).hasToString("s3://b/out/x.csv");
        assertThat(new S3Path("b", "out").child("x.csv")).hasToString("s3://b/out/x.csv");
        assertThat(new S3Path("b", "").child("x.csv")).hasToString("s3://b/x.csv");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "my-bucket/x",
                "s3:/my-bucket/x",
                "s3://",
                "s3://B/x",
                "s3://a/x",
                "file:///etc/passwd",
                "s3://a_b/x"
            })
    void refusesWhatIsNone(String text) {
        assertThat(S3Path.parse(text)).isEmpty();
    }

    @Test
    void readsWhomARoleTrusts() {
        assertThat(trusts("{'Statement': [{'Effect': 'Allow', 'Principal': {'Service': 'glue.amazonaws.com'}}]}"))
                .isTrue();
        assertThat(trusts("{'Statement': {'Effect': 'Allow', 'Principal': {'Service': ['x', 'glue.amazonaws.com']}}}"))
                .isTrue();
        assertThat(trusts("{'Statement': [{'Effect': 'Deny', 'Principal': {'Service': 'glue.amazonaws.com'}}]}"))
                .isFalse();
        assertThat(trusts("{'Statement': [{'Effect': 'Allow', 'Principal': {'AWS': '*'}}]}"))
                .isFalse();
        assertThat(trusts("{}")).isFalse();
    }

    @Test
    void findsTheInterpreterOfAScript(@TempDir Path folder) throws Exception {
        assertThat(Python.interpreter(Files.writeString(folder.resolve("a"), "#!/opt/py/bin/python3\nx")))
                .contains("/opt/py/bin/python3");
        assertThat(Python.interpreter(Files.writeString(folder.resolve("b"), "#!/usr/bin/env bash\nx")))
                .isEmpty();
        assertThat(Python.interpreter(Files.write(folder.resolve("c"), new byte[] {(byte) 0xff, 0, 1})))
                .isEmpty();
    }

    private static boolean trusts(String policy) {
        return Roles.trusts(
                Json.parse(policy.replace('\'', '"').getBytes(StandardCharsets.UTF_8)), "glue.amazonaws.com");
    }
}
