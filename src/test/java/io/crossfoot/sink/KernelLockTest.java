package io.crossfoot.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfoot.error.LockedException;
import io.crossfoot.error.StorageException;
import io.crossfoot.error.UsageException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelLockTest {
    private static final String SINCE = "since \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ";

    @TempDir
    Path folder;

    /** Another process that takes the lock, says so, and keeps it. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws IOException {
            try {
                RunLock.acquire(new Disk(Path.of(arguments[0])).control(), "other");
                System.out.println("locked");
                // until it is killed
                System.in.read();
            } catch (LockedException refused) {
                System.out.println(refused.getMessage());
            }
        }

        static Process start(Path folder) throws IOException {
            return new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Holder.class.getName(),
                            folder.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        }
    }

    private ControlFolder control() {
        return new Disk(folder).control();
    }

    private Path lockFile() {
        return new Disk(folder).controlRoot().resolve("lock");
    }

    @Test
    void tellsInItsFileWhoHasIt() {
        try (RunLock lock = RunLock.acquire(control(), "r1")) {
            lock.confirm();

            assertThat(lockFile())
                    .content()
                    .contains(
                            "\"run\":\"r1\"",
                            "\"process\":" + ProcessHandle.current().pid());
        }
    }

    @Test
    void isRefusedToASecondRunOfThisProcess() {
        try (RunLock lock = RunLock.acquire(control(), "r1")) {
            assertThatThrownBy(() -> RunLock.acquire(control(), "r2"))
                    .isInstanceOf(LockedException.class)
                    .hasMessageMatching("Cannot start: run r1 \\(process %d on host \\S+, %s\\) is writing to %s/out;"
                                    .formatted(ProcessHandle.current().pid(), SINCE, folder)
                            + " wait for it to end");
            lock.confirm();
        }
    }

    @Test
    void isFreeAgainOnceReleased() {
        RunLock first = RunLock.acquire(control(), "r1");
        first.close();
        assertThat(lockFile()).doesNotExist();

        try (RunLock second = RunLock.acquire(control(), "r2")) {
            // the second time does nothing: it is another run's lock by now
            first.close();

            assertThatThrownBy(() -> RunLock.acquire(control(), "r3"))
                    .isInstanceOf(LockedException.class)
                    .hasMessageStartingWith("Cannot start: run r2 (");
            second.confirm();
        }
    }

    @Test
    void isHeldByAnotherProcessUntilThatDies() throws Exception {
        Process other = Holder.start(folder);
        try (BufferedReader said = other.inputReader(StandardCharsets.UTF_8)) {
            assertThat(said.readLine()).isEqualTo("locked");

            assertThatThrownBy(() -> RunLock.acquire(control(), "r1"))
                    .isInstanceOf(LockedException.class)
                    .hasMessageMatching(
                            "Cannot start: run other \\(process %d on host \\S+, %s\\) is writing to %s/out;"
                                            .formatted(other.pid(), SINCE, folder)
                                    + " wait for it to end");
        } finally {
            other.destroyForcibly().waitFor();
        }

        assertThat(lockFile()).exists();
        try (RunLock lock = RunLock.acquire(control(), "r1")) {
            lock.confirm();
            assertThat(lockFile()).content().contains("\"run\":\"r1\"");
        }
    }

    @Test
    void isRefusedToAnotherProcessAlsoAfterItWasRefusedInThisOne() throws Exception {
        try (RunLock lock = RunLock.acquire(control(), "r1")) {
            assertThatThrownBy(() -> RunLock.acquire(control(), "r2"))
                    .isInstanceOf(LockedException.class)
                    .hasMessageStartingWith("Cannot start: run r1 (");

            Process other = Holder.start(folder);
            try (BufferedReader said = other.inputReader(StandardCharsets.UTF_8)) {
                assertThat(said.readLine()).startsWith("Cannot start: run r1 (");
            } finally {
                other.destroyForcibly().waitFor();
            }
            lock.confirm();
        }
    }

    @Test
    void isOneForEachOutput() {
        ControlFolder other = ControlFolder.of(
                new org.apache.hadoop.fs.Path(folder + "/other"), Optional.empty(), new Configuration(false));

        try (RunLock first = RunLock.acquire(control(), "r1");
                RunLock second = RunLock.acquire(other, "r1")) {
            assertThat(first).isNotSameAs(second);
        }
    }

    @Test
    void refusesABadRunIdBeforeItWritesAnything() {
        assertThatThrownBy(() -> RunLock.acquire(control(), "../r1"))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("Cannot use '../r1' as a run id: it names files;");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void saysThatItCannotBeWritten() {
        Disk.write(lockFile().resolve("a folder"), "in its place");

        assertThatThrownBy(() -> RunLock.acquire(control(), "r1"))
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith("Cannot write the lock file " + lockFile() + ": ")
                .hasMessageEndingWith("; check the file system, or move the control folder with --control");
    }
}
