package io.crossfoot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.crossfoot.config.EnrichConfig;
import io.crossfoot.error.LockedException;
import io.crossfoot.error.StorageException;
import io.crossfoot.error.UsageException;
import io.crossfoot.report.RunReport;
import io.crossfoot.testing.Child;
import io.crossfoot.testing.DuckDb;
import io.crossfoot.testing.Folders;
import io.crossfoot.testing.LocalSpark;
import io.crossfoot.testing.S3Server;
import io.crossfoot.testing.StoppableRun;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs from and to a real S3 server, by S3A as the command line sets it up. */
@Tag("s3")
@ExtendWith(LocalSpark.class)
class S3Test {
    private static final String HEADER = "order_id,customer_id,product_name,quantity,price,order_date\n";

    @TempDir
    static Path folder;

    private static S3Server server;
    private static SparkSession spark;

    private String bucket;
    private Path objects;

    @BeforeAll
    static void startServer() {
        server = S3Server.start(folder);
        spark = session(server.environment());
    }

    @AfterAll
    static void stopServer() throws IOException {
        FileSystem.closeAll();
        server.close();
    }

    /** A session as the command line makes it in this environment. */
    private static SparkSession session(Map<String, String> environment) {
        SparkSession session = LocalSpark.session().newSession();
        S3Server.settings(environment).forEach(session.conf()::set);
        return session;
    }

    @BeforeEach
    void writeInput(TestInfo test) {
        bucket = test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
        objects = server.bucket(bucket);
        sales("1.csv", "1,C1,Pen,2,1.50,2024-01-15\n2,C2,Ink & Co/,1,7.00,2024-01-16\n");
        put("raw/customers/1.json", "{\"customer_id\":\"C1\",\"name\":\"Ann\",\"region\":\"N\"}\n");
    }

    private void sales(String file, String rows) {
        put("raw/sales/" + file, HEADER + rows);
    }

    private void put(String key, String text) {
        server.put("s3a://" + bucket + "/" + key, text);
    }

    private EnrichConfig config(String... more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "sales", "s3a://" + bucket + "/raw/sales/",
                "customers", "s3a://" + bucket + "/raw/customers/",
                "output", "s3a://" + bucket + "/out",
                "run-id", "first"));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return EnrichConfig.of(settings);
    }

    private static RunReport run(EnrichConfig config) {
        return Pipeline.of(config).run(spark);
    }

    private List<String> output(String columns) {
        return output("out", columns);
    }

    private List<String> output(String name, String columns) {
        return DuckDb.query("SELECT %s FROM %s ORDER BY ALL"
                .formatted(columns, DuckDb.parquet(objects.resolve(name).toString())));
    }

    @Test
    void leavesDataAndAccountAndNothingElse() {
        RunReport report = run(config());

        assertThat(report.published()).isTrue();
        assertThat(Folders.tree(objects))
                .containsExactly(
                        "_crossfoot/out/history.jsonl",
                        "_crossfoot/out/output.txt",
                        "_crossfoot/out/runs/first/published.json",
                        "_crossfoot/out/runs/first/report.html",
                        "_crossfoot/out/runs/first/run-report.json",
                        "_crossfoot/out/state/000000001.whole.jsonl",
                        "out/part-00000-first-c000.zstd.parquet",
                        "raw/customers/1.json",
                        "raw/sales/1.csv");
        assertThat(output("order_id, total_amount")).containsExactly("order_id|total_amount", "1|3.00", "2|7.00");
        assertThat(Folders.read(objects.resolve("_crossfoot/out/runs/first/run-report.json")))
                .doesNotContain(S3Server.ACCESS_KEY, S3Server.SECRET_KEY);
    }

    @Test
    void readsEachFormatAndWritesAFolderForEachValue() {
        String odd = "from csv+1% é";
        run(config("output", "s3://" + bucket + "/" + odd, "partition-by", "product_name"));
        RunReport again = run(config("sales", "s3://" + bucket + "/" + odd));

        assertThat(Folders.tree(objects.resolve(odd)))
                .extracting(file -> file.replaceFirst("/.*", ""))
                .containsExactly("product_name=Ink & Co%2F", "product_name=Pen");
        assertThat(output("product_name, total_amount")).endsWith("Ink & Co/|7.00", "Pen|3.00");
        assertThat(again.sales().files()).hasSize(2);
    }

    @Test
    void appendsOnceForEachRunIdHoweverTheStoreIsSpelled() {
        EnrichConfig first = config("mode", "append", "output", "s3://" + bucket + "/out");

        RunReport report = run(first);
        sales("1.csv", "3,C1,Cap,1,5.00,2024-01-17\n");
        RunReport again = run(config("mode", "append"));
        run(config("mode", "append", "run-id", "second"));

        assertThat(again).isEqualTo(report);
        assertThat(output("order_id")).containsExactly("order_id", "1", "2", "3");
    }

    @Test
    void replacesItsOutputAndNotTheOneBesideOfALongerName() {
        run(config("output", "s3a://" + bucket + "/out-old", "partition-by", "region"));
        run(config("partition-by", "order_date"));
        sales("1.csv", "3,C1,Cap,1,5.00,2024-01-17\n");

        run(config("run-id", "second", "partition-by", "order_date"));

        assertThat(output("order_id")).containsExactly("order_id", "3");
        assertThat(output("out-old", "order_id")).containsExactly("order_id", "1", "2");
        assertThat(Folders.tree(objects.resolve("out")))
                .containsExactly("order_date=2024-01-17/part-00000-second.c000.zstd.parquet");
    }

    @Test
    void publishesNoRowsAsAnOutput() {
        sales("1.csv", "");

        RunReport report = run(config());

        assertThat(report.published()).isTrue();
        assertThat(run(config("run-id", "second")).published()).isTrue();
    }

    @Test
    void quarantinesThere() {
        sales("2.csv", "3,C1,Cap,free,5.00,2024-01-17\n");

        RunReport report = run(config("max-quarantine", "1"));

        assertThat(report.quarantine())
                .singleElement()
                .satisfies(rows -> assertThat(rows.rows()).isEqualTo(1));
        assertThat(Folders.tree(objects.resolve("_crossfoot/out/quarantine/first")))
                .filteredOn(file -> file.endsWith(".json"))
                .flatExtracting(file -> Folders.read(objects.resolve("_crossfoot/out/quarantine/first/" + file))
                        .lines()
                        .toList())
                .singleElement()
                .asString()
                .contains("\"source_file\":\"s3a://" + bucket + "/raw/sales/2.csv\"", "\"value\":\"free\"");
    }

    @Test
    void readsManySmallFiles() {
        for (int i = 0; i < 40; i++) {
            sales("many/" + i + ".csv", "1" + i + ",C1,Pen,1,1.00,2024-01-15\n");
        }

        RunReport report = run(config("sales", "s3a://" + bucket + "/raw/sales/many/"));

        assertThat(report.balance().written()).isEqualTo(40);
        assertThat(report.files()).hasSizeLessThan(3);
    }

    @Test
    void isFinishedAfterItsProcessDiedInTheMiddleOfThePublication() throws IOException {
        run(config("partition-by", "order_date"));
        sales("1.csv", "3,C1,Cap,1,5.00,2024-01-17\n4,C1,Cap,2,5.00,2024-01-18\n");
        List<String> before = output("order_id");
        List<String> arguments = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Folders.root().resolve(".mvn/jvm.config"),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                StoppableRun.class.getName(),
                "dying-at:published: "));
        S3Server.settings(server.environment())
                .forEach((key, value) -> arguments.add("spark.hadoop." + key + "=" + value));
        Map.of(
                        "sales", "s3a://" + bucket + "/raw/sales/",
                        "customers", "s3a://" + bucket + "/raw/customers/",
                        "output", "s3a://" + bucket + "/out",
                        "partition-by", "order_date",
                        "run-id", "killed")
                .forEach((key, value) -> arguments.add(key + "=" + value));

        Child.Ending ending = Child.of(folder, arguments).run();
        assertThat(ending.exitCode()).as(ending.err()).isEqualTo(137);
        // the previous output, and new files, each whole
        assertThat(output("order_id")).containsAll(before).hasSizeGreaterThan(before.size());

        put("raw/none/1.csv", HEADER);
        EnrichConfig next = config(
                "run-id",
                "next",
                "mode",
                "append",
                "partition-by",
                "order_date",
                "sales",
                "s3a://" + bucket + "/raw/none/");
        assertThatThrownBy(() -> run(next)).isInstanceOf(LockedException.class).hasMessageContaining("run killed");
        // as if a minute had passed
        Files.setLastModifiedTime(
                objects.resolve("_crossfoot/out/lock"),
                FileTime.from(Instant.now().minusSeconds(61)));
        run(next);

        assertThat(output("order_id")).containsExactly("order_id", "3", "4");
        assertThat(Folders.read(objects.resolve("_crossfoot/out/runs/killed/run-report.json")))
                .contains("\"published\" : true");
        assertThat(Folders.tree(objects.resolve("_crossfoot/out"))).noneMatch(file -> file.startsWith("staging"));
    }

    @Test
    void refusesAnOutputInsideItsInput() {
        assertThatThrownBy(() -> run(config("output", "s3://" + bucket + "/raw/sales/out")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("it lies inside the sales at s3a://" + bucket + "/raw/sales/");
        assertThatThrownBy(() -> run(config("sales", "s3://" + bucket + "/")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("it lies inside the sales at s3://" + bucket + "/");
    }

    @Test
    void refusesKeysInAPathWithoutShowingThem() {
        assertThatThrownBy(() -> run(config("sales", "s3a://AKIAX:s3cret@" + bucket + "/raw")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("keys do not belong there")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void saysThatABucketDoesNotExist() {
        assertThatThrownBy(() -> run(config("sales", "s3a://no-such-bucket/raw/")))
                .isInstanceOf(StorageException.class)
                .hasMessage("Cannot read sales: s3a://no-such-bucket/raw/ cannot be listed: there is no such bucket;"
                        + " check its name and its region");
        assertThatThrownBy(() -> run(config("output", "s3a://no-such-bucket/out")))
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith("Cannot write the control folder s3a://no-such-bucket/_crossfoot/out:"
                        + " there is no such bucket; check its name and its region");
    }

    @Test
    void saysThatCredentialsAreWrong() {
        SparkSession stranger = session(server.environment("AKIAWRONG", "wr0ng"));
        stranger.conf().set("fs.s3a.impl.disable.cache", true);

        assertThatThrownBy(() -> Pipeline.of(config()).run(stranger))
                .isInstanceOf(StorageException.class)
                .hasMessageMatching(
                        "Cannot write the control folder \\S+: the store does not know these credentials; .*")
                .hasMessageNotContainingAny("AKIAWRONG", "wr0ng", S3Server.SECRET_KEY);
    }

    @Test
    void saysThatAccessIsDenied() throws IOException {
        HttpServer denying = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        denying.createContext("/", request -> {
            byte[] answer = "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>".getBytes(UTF_8);
            request.getRequestBody().readAllBytes();
            request.sendResponseHeaders(403, request.getRequestMethod().equals("HEAD") ? -1 : answer.length);
            if (!request.getRequestMethod().equals("HEAD")) {
                request.getResponseBody().write(answer);
            }
            request.close();
        });
        denying.start();
        try {
            SparkSession refused =
                    sessionOf("http://127.0.0.1:" + denying.getAddress().getPort());

            assertThatThrownBy(() -> Pipeline.of(config()).run(refused))
                    .isInstanceOf(StorageException.class)
                    .hasMessageMatching("Cannot write the control folder \\S+: the store refused access \\(403\\);"
                            + " check the credentials, and their right to write there, or move it with --control");
            EnrichConfig elsewhere =
                    config("output", folder.resolve("elsewhere/out").toString());
            assertThatThrownBy(() -> Pipeline.of(elsewhere).run(refused))
                    .isInstanceOf(StorageException.class)
                    .hasMessage(
                            "Cannot read sales: s3a://%s/raw/sales/ cannot be listed: the store refused access (403);"
                                    + " check the credentials, and their right to read it",
                            bucket);
        } finally {
            denying.stop(0);
        }
    }

    /** The same keys, and another place. */
    private static SparkSession sessionOf(String endpoint) {
        Map<String, String> environment = new HashMap<>(server.environment());
        environment.put("AWS_ENDPOINT_URL_S3", endpoint);
        SparkSession session = session(environment);
        session.conf().set("fs.s3a.impl.disable.cache", true);
        return session;
    }

    @Test
    void givesUpOnAStoreThatDoesNotAnswer() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        SparkSession lonely = sessionOf("http://127.0.0.1:" + free);
        // what the user sets counts; with the defaults this takes half a minute
        lonely.conf().set("fs.s3a.retry.limit", 1);
        long start = System.nanoTime();

        assertThatThrownBy(() -> Pipeline.of(config()).run(lonely))
                .isInstanceOf(StorageException.class)
                .hasMessageMatching("Cannot write the control folder \\S+: the store does not answer; check .*");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }
}
