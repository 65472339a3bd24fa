package io.crossfoot.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfoot.error.LockedException;
import io.crossfoot.error.StorageException;
import io.crossfoot.testing.Folders;
import io.crossfoot.testing.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Publishing on a real S3 server, by the real S3A: killed at every step, read meanwhile, locked by many at once. */
@Tag("s3")
class S3PublicationTest {
    @TempDir
    static Path folder;

    private static S3Server server;
    private static Configuration hadoop;
    private static int buckets;

    @BeforeAll
    static void startServer() {
        server = S3Server.start(folder);
        hadoop = server.hadoop();
    }

    @AfterAll
    static void stopServer() throws IOException {
        FileSystem.closeAll();
        server.close();
    }

    /** A bucket of its own, with an output of an earlier run and what a run has staged. */
    private record Bucket(String name, Path objects) {
        static Bucket fresh() {
            String name = "bucket-" + buckets++;
            return new Bucket(name, server.bucket(name));
        }

        static Bucket staged() {
            Bucket bucket = fresh();
            bucket.control("s3a").create();
            bucket.put("out/region=a b%+é/part-00000-old.parquet", "old");
            bucket.put("out/region=W/part-00001-old.parquet", "old west");
            bucket.put("out-old/part-0.parquet", "of another output");
            bucket.put(staging("region=a b%+é/part-00000-" + Disk.RANDOM + ".c000.parquet"), "new");
            bucket.put(staging("part-00001-" + Disk.RANDOM + ".c000.parquet"), "new, too");
            bucket.put(staging("part-00001-%s.c000.parquet".formatted(Disk.RANDOM.replace('2', '3'))), "not committed");
            bucket.put(
                    staging(StagingCommitProtocol.COMMITTED),
                    "region=a b%%+é/part-00000-%1$s.c000.parquet\npart-00001-%1$s.c000.parquet".formatted(Disk.RANDOM));
            return bucket;
        }

        private static String staging(String file) {
            return "_crossfoot/out/staging/r1/" + file;
        }

        ControlFolder control(String scheme) {
            return ControlFolder.of(
                    new org.apache.hadoop.fs.Path(scheme + "://" + name + "/out"), Optional.empty(), hadoop);
        }

        void put(String key, String text) {
            server.put("s3a://" + name + "/" + key, text);
        }

        /** Every object with its text. */
        Map<String, String> objectsBelow(String prefix) {
            Path below = objects.resolve(prefix);
            return Folders.tree(below).stream()
                    .collect(Collectors.toMap(
                            file -> file, file -> Folders.read(below.resolve(file)), (a, b) -> a, TreeMap::new));
        }
    }

    private static final Map<String, String> NEW =
            Map.of("region=a b%+é/part-00000-r1.c000.parquet", "new", "part-00001-r1.c000.parquet", "new, too");

    @ParameterizedTest
    @EnumSource
    void cutAnywhereIsFinishedByARunThatSpellsTheStoreOtherwise(WriteMode mode) {
        List<String> said = new ArrayList<>();
        Bucket uncut = Bucket.staged();
        new Publication(uncut.control("s3a"), said::add).publish(mode, "r1");
        Map<String, String> expected = uncut.objectsBelow("out");

        for (int cut = 1; cut < said.size(); cut++) {
            Bucket bucket = Bucket.staged();
            int[] calls = {cut};
            assertThatThrownBy(() -> new Publication(bucket.control("s3a"), step -> {
                                if (calls[0]-- == 0) {
                                    throw new Cut();
                                }
                            })
                            .publish(mode, "r1"))
                    .isInstanceOf(Cut.class);

            new Publication(bucket.control("s3"), step -> {}).recover();

            assertThat(bucket.objectsBelow("out")).as(said.get(cut)).isEqualTo(expected);
            assertThat(bucket.objectsBelow("_crossfoot/out"))
                    .as(said.get(cut))
                    .containsOnlyKeys("output.txt", "runs/r1/published.json");
            assertThat(bucket.objectsBelow("out-old")).hasSize(1);
        }
        assertThat(expected).containsAllEntriesOf(NEW).hasSize(mode == WriteMode.OVERWRITE ? 2 : 4);
    }

    @Test
    void aReaderSeesWholeFilesAtEveryMoment() throws Exception {
        Bucket bucket = Bucket.staged();
        Store store = bucket.control("s3a").store();
        List<String> seen = Collections.synchronizedList(new ArrayList<>());

        new Publication(bucket.control("s3a"), step -> {
                    for (Store.File file : list(store, bucket.control("s3a").output())) {
                        seen.add(file.name() + " " + file.bytes());
                    }
                })
                .publish(WriteMode.OVERWRITE, "r1");

        assertThat(seen)
                .isNotEmpty()
                .isSubsetOf(
                        "region=a b%+é/part-00000-old.parquet 3",
                        "region=W/part-00001-old.parquet 8",
                        "region=a b%+é/part-00000-r1.c000.parquet 3",
                        "part-00001-r1.c000.parquet 8");
    }

    private static List<Store.File> list(Store store, org.apache.hadoop.fs.Path output) {
        try {
            return store.files(output);
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }

    @Test
    void noticesACopyThatIsNotWhole() throws IOException {
        Bucket bucket = Bucket.staged();
        Publication cut = new Publication(bucket.control("s3a"), step -> {
            if (step.startsWith("published: ") && step.contains("part-00001")) {
                throw new Cut();
            }
        });
        assertThatThrownBy(() -> cut.publish(WriteMode.OVERWRITE, "r1")).isInstanceOf(Cut.class);
        Files.writeString(bucket.objects.resolve("out/part-00001-r1.c000.parquet"), "new,");

        assertThatThrownBy(() -> new Publication(bucket.control("s3a"), step -> {}).recover())
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("4 of 8 bytes arrived");
    }

    @Test
    void givesTheLockToOneOfManyThatAskTogether() throws Exception {
        ControlFolder control = Bucket.fresh().control("s3a");
        control.create();
        // nobody waits for the others to settle: the store itself decides
        Lease.Timing hasty = new Lease.Timing(Duration.ofHours(1), Duration.ofSeconds(60), Duration.ZERO);
        List<Callable<Boolean>> runs = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            LockHolder self = LockHolder.self(control, "r" + i);
            runs.add(() -> {
                try {
                    Lease.acquire(control, self, hasty).confirm();
                    return true;
                } catch (LockedException refused) {
                    return false;
                }
            });
        }
        ExecutorService together = Executors.newFixedThreadPool(runs.size());
        try {
            int winners = 0;
            for (Future<Boolean> run : together.invokeAll(runs)) {
                winners += run.get() ? 1 : 0;
            }
            assertThat(winners).isOne();
        } finally {
            together.shutdownNow();
        }
    }

    @Test
    void createsAloneAndOnce() throws IOException {
        ControlFolder control = Bucket.fresh().control("s3a");

        assertThat(control.store().create(control.lockFile(), "mine")).isEqualTo(Store.Creation.ALONE);
        assertThat(control.store().create(control.lockFile(), "yours")).isEqualTo(Store.Creation.REFUSED);
        assertThat(control.store().read(control.lockFile())).isEqualTo("mine");
    }
}
