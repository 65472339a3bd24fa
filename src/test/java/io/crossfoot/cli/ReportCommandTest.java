package io.crossfoot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfoot.Pipeline;
import io.crossfoot.config.EnrichConfig;
import io.crossfoot.testing.Child;
import io.crossfoot.testing.Folders;
import io.crossfoot.testing.LocalSpark;
import io.crossfoot.testing.S3Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code crossfoot report} of an output in a bucket, in processes of their own; their browser says what it was given. */
@Tag("s3")
@ExtendWith(LocalSpark.class)
class ReportCommandTest {
    private static final String OUTPUT = "s3a://lake/out";
    private static final String PAGE = "s3a://lake/_crossfoot/out/runs/first/report.html";

    @TempDir
    static Path folder;

    private static S3Server server;

    @BeforeAll
    static void run() {
        server = S3Server.start(folder.resolve("s3"));
        server.bucket("lake");
        SparkSession session = LocalSpark.session().newSession();
        S3Server.settings(server.environment()).forEach(session.conf()::set);
        Pipeline.of(EnrichConfig.of(Map.of(
                        "sales",
                        Folders.testData().resolve("sales").toString(),
                        "customers",
                        Folders.testData().resolve("customers").toString(),
                        "output",
                        OUTPUT,
                        "run-id",
                        "first")))
                .run(session);
        for (String opener : List.of("xdg-open", "open")) {
            Path browser = folder.resolve("bin").resolve(opener);
            Folders.write(browser, "#!/bin/sh\necho \"opened $1\"\n");
            assertThat(browser.toFile().setExecutable(true)).isTrue();
        }
    }

    @AfterAll
    static void stop() throws IOException {
        FileSystem.closeAll();
        server.close();
    }

    @Test
    void leavesAPageThatABrowserShows() throws Exception {
        assertThat(typeOf(PAGE)).isEqualToIgnoringWhitespace("text/html; charset=utf-8");
        assertThat(typeOf("s3a://lake/_crossfoot/out/runs/first/run-report.json"))
                .isEqualTo("application/octet-stream");

        assertThat(report()).containsExactly(PAGE);
        assertThat(report("--all")).containsExactly("s3a://lake/_crossfoot/out/index.html");
        assertThat(typeOf("s3a://lake/_crossfoot/out/index.html"))
                .isEqualToIgnoringWhitespace("text/html; charset=utf-8");
    }

    @Test
    void opensACopy() throws Exception {
        List<String> said = report("--run", "first", "--open");

        assertThat(said).hasSize(2).first().isEqualTo(PAGE);
        assertThat(said.get(1)).startsWith("opened /");
        assertThat(Folders.read(Path.of(said.get(1).substring("opened ".length()))))
                .isEqualTo(Folders.read(folder.resolve("s3/lake/_crossfoot/out/runs/first/report.html")))
                .contains("<title>out · first</title>");
    }

    @Test
    void opensNoCopyOfAnIndexWhoseLinksWouldLeadNowhere() throws Exception {
        assertThat(report("--all", "--open"))
                .last()
                .asString()
                .isEqualTo(
                        "crossfoot: Cannot open s3a://lake/_crossfoot/out/index.html: it is not on this machine, and a"
                                + " copy would not lead to its runs; open one by --run");
    }

    private static String typeOf(String object) throws IOException {
        org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(object);
        return new String(
                path.getFileSystem(server.hadoop()).getXAttr(path, "header.Content-Type"), StandardCharsets.UTF_8);
    }

    /** Returns the lines that it says, to the end of the browser that it has started. */
    private static List<String> report(String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("report", "--output", OUTPUT));
        arguments.addAll(List.of(more));
        Child child = Child.test(folder, Main.class, arguments.toArray(String[]::new))
                .with("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
        for (Map.Entry<String, String> variable : server.environment().entrySet()) {
            child = child.with(variable.getKey(), variable.getValue());
        }
        byte[] said = child.startMerged().getInputStream().readAllBytes();
        return new String(said, StandardCharsets.UTF_8).lines().toList();
    }
}
