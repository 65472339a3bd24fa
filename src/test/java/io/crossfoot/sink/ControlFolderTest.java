package io.crossfoot.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfoot.error.StorageException;
import io.crossfoot.error.UsageException;
import io.crossfoot.testing.FaultyFileSystem;
import io.crossfoot.testing.Folders;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControlFolderTest {
    private static ControlFolder of(String output, Optional<String> control) {
        return ControlFolder.of(new org.apache.hadoop.fs.Path(output), control, FaultyFileSystem.configuration());
    }

    @Test
    void liesBesideTheOutput() {
        assertThat(of("s3a://bucket/enriched-sales", Optional.empty()).root())
                .hasToString("s3a://bucket/_crossfoot/enriched-sales");
        assertThat(of("/data/shop/out/", Optional.empty()).root()).hasToString("file:/data/shop/_crossfoot/out");
    }

    @Test
    void isMovedByItsUser() {
        ControlFolder control = of("s3a://bucket/out", Optional.of("s3a://bucket/elsewhere/x"));

        assertThat(control.root()).hasToString("s3a://bucket/elsewhere/x");
    }

    @Test
    void hasAStableLayout() {
        ControlFolder control = of("/data/out", Optional.of("/c"));

        assertThat(control.output()).hasToString("file:/data/out");
        assertThat(control.lockFile()).hasToString("file:/c/lock");
        assertThat(control.journal()).hasToString("file:/c/journal.json");
        assertThat(control.staging("r-1")).hasToString("file:/c/staging/r-1");
        assertThat(control.replaced("r-1")).hasToString("file:/c/replaced/r-1");
        assertThat(control.quarantine("r-1")).hasToString("file:/c/quarantine/r-1");
        assertThat(control.runReport("r-1")).hasToString("file:/c/runs/r-1/run-report.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3a://bucket", "s3a://bucket/", "/"})
    void refusesARootAsOutput(String output) {
        assertThatThrownBy(() -> of(output, Optional.empty()))
                .isInstanceOf(UsageException.class)
                .hasMessageMatching(
                        "Cannot write to (s3a://bucket/?|/): it is the root of a file system; name a folder in it");
    }

    @Test
    void refusesAnUnknownFileSystem() {
        assertThatThrownBy(() -> of("gopher://x/out", Optional.empty()))
                .isInstanceOf(UsageException.class)
                .hasMessage("Cannot use gopher://x/out: No FileSystem for scheme \"gopher\";"
                        + " name a path of a file system that is set up here");
    }

    @Test
    void refusesAnEmptyPath() {
        assertThatThrownBy(() -> of("/data/out", Optional.of("")))
                .isInstanceOf(UsageException.class)
                .hasMessage("Cannot use '' as the control folder: Can not create a Path from an empty string;"
                        + " name a folder with --control");
    }

    @Test
    void refusesAnotherFileSystem() {
        assertThatThrownBy(() -> of("s3a://bucket/out", Optional.of("s3a://other/control")))
                .isInstanceOf(UsageException.class)
                .hasMessage("Cannot use s3a://other/control as the control folder of s3a://bucket/out:"
                        + " they are on two file systems; name a folder beside it with --control");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/data/out", "/data/out/control", "/data/x/../out/control"})
    void refusesAFolderInsideTheOutput(String control) {
        assertThatThrownBy(() -> of("/data/out", Optional.of(control)))
                .isInstanceOf(UsageException.class)
                .hasMessageMatching("Cannot use /data/out(/control)? as the control folder of /data/out:"
                        + " readers would take it for data; name a folder beside it with --control");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/data", "/"})
    void refusesAFolderAboveTheOutput(String control) {
        assertThatThrownBy(() -> of("/data/out", Optional.of(control)))
                .isInstanceOf(UsageException.class)
                .hasMessage("Cannot use " + control + " as the control folder of /data/out:"
                        + " it contains the output; name a folder beside it with --control");
    }

    @Test
    void takesAFolderWhoseNameOnlyBeginsLikeTheOutput() {
        assertThat(of("/data/out", Optional.of("/data/out-control")).root()).hasToString("file:/data/out-control");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", ".hidden", "_hidden", "a/b", "a b", "a:b"})
    void refusesARunIdThatIsNoFileName(String runId) {
        ControlFolder control = of("/data/out", Optional.empty());

        assertThatThrownBy(() -> control.staging(runId))
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        "Cannot use '%s' as a run id: it names files; take 1 to 100 of A-Z a-z 0-9 . _ -,"
                                + " the first a letter or a digit",
                        runId);
    }

    @Test
    void refusesARunIdOfMoreThanAHundredCharacters() {
        ControlFolder control = of("/data/out", Optional.empty());

        assertThat(control.staging("r".repeat(100)).getName()).hasSize(100);
        assertThatThrownBy(() -> control.staging("r".repeat(101)))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("Cannot use 'rrr");
    }

    @Test
    void isCreatedWithTheNameOfItsOutputAlone(@TempDir Path folder) {
        Disk disk = new Disk(folder);

        disk.control().create();

        assertThat(Disk.tree(disk.controlRoot())).containsOnlyKeys("", "output.txt");
        assertThat(disk.output()).doesNotExist();
    }

    @Test
    void saysThatItMayNotBeWritten(@TempDir Path folder) {
        ControlFolder control = new Disk(folder).control("remote://host", FaultyFileSystem.denyingWrites("_crossfoot"));

        assertThatThrownBy(control::create)
                .isInstanceOf(StorageException.class)
                .hasMessage(
                        "Cannot write the control folder remote://host%s/_crossfoot/out: permission denied;"
                                + " give this user the right to write there, or move it with --control",
                        folder);
    }

    @Test
    void saysThatTheDiskIsFull(@TempDir Path folder) {
        ControlFolder control = new Disk(folder).control("remote://host", FaultyFileSystem.withoutSpaceFor("_cross"));

        assertThatThrownBy(control::create)
                .isInstanceOf(StorageException.class)
                .hasMessage(
                        "Cannot write the control folder remote://host%s/_crossfoot/out: no space is left;"
                                + " free some space, or move it with --control",
                        folder);
    }

    @Test
    void saysThatAFileIsInItsPlace(@TempDir Path folder) {
        Disk disk = new Disk(folder);
        Disk.write(folder.resolve("_crossfoot"), "a file");

        assertThatThrownBy(() -> disk.control().create())
                .isInstanceOf(StorageException.class)
                .hasMessage(
                        "Cannot write the control folder %1$s/_crossfoot/out: Not a directory"
                                + " (%1$s/_crossfoot/out); check the file system, or move it with --control",
                        folder);
    }

    @Test
    void refusesAFileAsOutput(@TempDir Path folder) {
        Disk disk = new Disk(folder);
        Disk.write(disk.output(), "a file");

        assertThatThrownBy(() -> disk.control().create())
                .isInstanceOf(StorageException.class)
                .hasMessage("Cannot write to %s: it is a file; name a folder, or move the file away", disk.output());
        assertThat(disk.output()).hasContent("a file");
    }

    /** Each of two runs that start at once finds what the other is just making. */
    @ParameterizedTest
    @ValueSource(strings = {"", "remote://disk"})
    void isMadeByTwoRunsAtOnce(String store, @TempDir Path folder) throws Exception {
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            for (int i = 0; i < 200; i++) {
                String output = store + folder.resolve("lake-" + i + "/out");
                CyclicBarrier together = new CyclicBarrier(2);
                Callable<ControlFolder> start = () -> {
                    together.await();
                    ControlFolder control = of(output, Optional.empty());
                    control.create();
                    return control;
                };
                for (Future<ControlFolder> made : two.invokeAll(List.of(start, start))) {
                    made.get().create();
                }
                assertThat(Folders.tree(folder.resolve("lake-" + i + "/_crossfoot/out")))
                        .containsExactly("output.txt");
            }
        } finally {
            two.shutdownNow();
        }
    }
}
