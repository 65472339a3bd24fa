package io.crossfoot.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfoot.error.StorageException;
import io.crossfoot.sink.ControlFolder;
import io.crossfoot.sink.Publication;
import io.crossfoot.sink.WriteMode;
import io.crossfoot.source.InputFile;
import io.crossfoot.testing.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateFolderTest {
    private static final Configuration HADOOP = new Configuration();

    @TempDir
    Path folder;

    private ControlFolder control;
    private StateFolder state;

    @BeforeEach
    void make() {
        control = ControlFolder.of(
                new org.apache.hadoop.fs.Path(folder.resolve("out").toString()), Optional.empty(), HADOOP);
        control.create();
        state = new StateFolder(control, HADOOP, point -> {});
    }

    private void read(String runId, InputFile... objects) {
        Folders.write(folder.resolve("_crossfoot/out/staging/" + runId + "/part-0.parquet"), runId);
        new Publication(control, point -> {})
                .publish(
                        state.keeping(WriteMode.APPEND, runId, List.of(objects), List.of(), List.of(), Map.of()),
                        runId);
    }

    private Work work(InputFile... found) {
        return state.work(List.of(found), object -> true, Grain.RUN);
    }

    private Work settle(InputFile... found) {
        return state.settle(List.of(found), object -> true, Grain.RUN);
    }

    private static InputFile object(String path, long bytes) {
        return new InputFile(path, bytes, 1_700_000_000_000L, List.of());
    }

    @ParameterizedTest
    @CsvSource({"s3, s3a", "s3a, s3", "s3n, s3", "s3, s3"})
    void oneObjectOfS3IsKnownByEachOfItsNames(String then, String now) {
        read("r1", object(then + "://raw/sales/a.csv", 10), object(then + "://raw/sales/b.csv", 20));

        Work work = work(
                object(now + "://raw/sales/a.csv", 10),
                object(now + "://raw/sales/b.csv", 21),
                object(now + "://raw/sales/c.csv", 30));

        assertThat(work.added()).containsExactly(object(now + "://raw/sales/c.csv", 30));
        assertThat(work.changed()).containsExactly(object(now + "://raw/sales/b.csv", 21));
        assertThat(work.again()).containsExactly(object(now + "://raw/sales/a.csv", 10));
        assertThat(work.vanished().count() + work.lost().count()).isZero();
    }

    @Test
    void theKeyOfARunDoesNotDependOnTheName() {
        Stream.of("s3", "s3a", "s3n").forEach(scheme -> read(scheme, object(scheme + "://raw/sales/a.csv", 10)));

        assertThat(state.runs())
                .extracting(ProcessedRun::key)
                .hasSize(3)
                .containsOnly(RunKey.of(List.of(object("s3a://raw/sales/a.csv", 10))));
    }

    /** Another state of the same size, as if it had been written at the same time, is not looked at. */
    @Test
    void aStateThatHadNothingNewIsNotReadAgain() throws IOException {
        InputFile known = object("s3://raw/a.csv", 10);
        read("r1", known, object("s3://raw/b.csv", 20));
        Work first = settle(known);
        Path file = folder.resolve("_crossfoot/out/state/000000001.run.jsonl");
        FileTime written = Files.getLastModifiedTime(file);
        Files.writeString(file, "?".repeat((int) Files.size(file)));
        Files.deleteIfExists(file.resolveSibling(".000000001.run.jsonl.crc"));
        Files.setLastModifiedTime(file, written);

        assertThat(first.isNothing()).isTrue();
        assertThat(settle(known)).isEqualTo(work(known)).isEqualTo(first);
        assertThat(first.vanished().count()).isEqualTo(1);
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
        assertThatThrownBy(() -> work(known)).isInstanceOf(StorageException.class);
    }

    @Test
    void whatIsNewIsFoundThoughNothingWasNew() {
        InputFile known = object("s3://raw/a.csv", 10);
        read("r1", known);
        assertThat(settle(known).isNothing()).isTrue();

        assertThat(work(known, object("s3://raw/b.csv", 10)).added()).hasSize(1);
        assertThat(work(object("s3://raw/a.csv", 11)).changed()).hasSize(1);
        assertThat(work().vanished().count()).isEqualTo(1);
        new StateEditor(control, HADOOP, point -> {}).rewind(Optional.empty());
        assertThat(work(known).again()).hasSize(1);
    }

    @Test
    void bucketsOfOtherStoresAreOthers() {
        read("r1", object("s3://raw/a.csv", 10));

        assertThat(work(object("gs://raw/a.csv", 10), object("file:/raw/a.csv", 10))
                        .added())
                .hasSize(2);
    }
}
