package io.crossfoot.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfoot.error.LockedException;
import io.crossfoot.error.StorageException;
import io.crossfoot.testing.Fault;
import io.crossfoot.testing.FaultyFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LeaseTest {
    /** Renewed by the tests alone. */
    private static final Lease.Timing BY_HAND =
            new Lease.Timing(Duration.ofHours(1), Duration.ofSeconds(60), Duration.ZERO);

    private static final Lease.Timing FAST = beating(5);

    @TempDir
    Path folder;

    private ControlFolder control;
    private Path lockFile;

    @BeforeEach
    void createControlFolder() {
        Disk disk = new Disk(folder);
        control = disk.control("remote://host", FaultyFileSystem.configuration());
        control.create();
        lockFile = disk.controlRoot().resolve("lock");
    }

    @AfterEach
    void heal() {
        FaultyFileSystem.heal();
    }

    private static Lease.Timing beating(int millis) {
        return new Lease.Timing(Duration.ofMillis(millis), Duration.ofSeconds(60), Duration.ZERO);
    }

    private Lease acquire(String runId) throws IOException {
        return acquire(runId, BY_HAND);
    }

    private Lease acquire(String runId, Lease.Timing timing) throws IOException {
        return Lease.acquire(control, LockHolder.self(control, runId), timing);
    }

    private void lastRenewed(Duration ago) throws IOException {
        Files.setLastModifiedTime(lockFile, FileTime.from(Instant.now().minus(ago)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"remote://host", "s3a://bucket"})
    void isTheLockOfAFileSystemThatIsNotLocal(String authority) {
        ControlFolder remote = new Disk(folder).control(authority, FaultyFileSystem.configuration());

        try (RunLock lock = RunLock.acquire(remote, "r1")) {
            assertThat(lock).isInstanceOf(Lease.class);
            lock.confirm();
        }
        assertThat(lockFile).doesNotExist();
    }

    @Test
    void isRefusedWhileItsHolderRenewsIt() throws IOException {
        try (Lease lease = acquire("r1")) {
            lastRenewed(Duration.ofSeconds(50));

            assertThatThrownBy(() -> acquire("r2"))
                    .isInstanceOf(LockedException.class)
                    .hasMessageMatching("Cannot start: run r1 \\(process %d on host \\S+, since \\S+Z\\)"
                                    .formatted(ProcessHandle.current().pid())
                            + " is writing to remote://host%s/out; wait for it to end".formatted(folder));
            lease.confirm();
        }
        assertThat(Disk.tree(folder.resolve("_crossfoot"))).containsOnlyKeys("", "out", "out/output.txt");
    }

    @Test
    void isTakenOverFromADeadHolder() throws IOException {
        Lease dead = acquire("r1");
        lastRenewed(Duration.ofSeconds(70));

        try (Lease lease = acquire("r2")) {
            lease.confirm();

            assertThatThrownBy(dead::confirm)
                    .isInstanceOf(LockedException.class)
                    .hasMessageMatching("Cannot go on: run r2 \\(.*\\) is writing to \\S+; wait for it to end");
            // a holder that lost it neither renews it nor removes it
            dead.close();
            assertThat(lockFile).content().contains("\"run\":\"r2\"");
        }
        assertThat(lockFile).doesNotExist();
    }

    /** A dead holder renews nothing: of a living one the next beat does. */
    @Test
    void isTakenOverFromADeadHolderThoughTheClockWasSetBackSince() throws IOException {
        acquire("r1");
        lastRenewed(Duration.ofHours(-1));

        try (Lease lease = acquire("r2", FAST)) {
            lease.confirm();
        }
    }

    @Test
    void isRefusedWhileItsHolderRenewsItThoughTheClockWasSetBack() throws IOException {
        try (Lease lease = acquire("r1", beating(300))) {
            lastRenewed(Duration.ofHours(-1));

            assertThatThrownBy(() -> acquire("r2", beating(500)))
                    .isInstanceOf(LockedException.class)
                    .hasMessageStartingWith("Cannot start: run r1 (");
            lease.confirm();
        }
    }

    @Test
    void isRefusedWhenItIsALittleFromTheFuture() throws IOException {
        try (Lease lease = acquire("r1")) {
            lastRenewed(Duration.ofSeconds(-50));

            assertThatThrownBy(() -> acquire("r2", FAST)).isInstanceOf(LockedException.class);
            lease.confirm();
        }
    }

    @Test
    void staysYoungByRenewal() throws IOException {
        try (Lease lease = acquire("r1")) {
            lastRenewed(Duration.ofSeconds(70));

            lease.renew();

            assertThatThrownBy(() -> acquire("r2"))
                    .isInstanceOf(LockedException.class)
                    .hasMessageStartingWith("Cannot start: run r1 (");
        }
    }

    @Test
    void renewsItself() throws Exception {
        try (Lease lease = acquire("r1", FAST)) {
            lastRenewed(Duration.ofSeconds(70));
            Instant deadline = Instant.now().plusSeconds(30);
            Instant old = Instant.now().minusSeconds(60);

            while (Files.getLastModifiedTime(lockFile).toInstant().isBefore(old)) {
                assertThat(Instant.now()).as("a renewal comes").isBefore(deadline);
                Thread.onSpinWait();
            }

            lease.confirm();
        }
    }

    @Test
    void waitsForAWriteThatIsUnderWay() throws IOException {
        Files.createFile(lockFile);

        assertThatThrownBy(() -> acquire("r2"))
                .isInstanceOf(LockedException.class)
                .hasMessageStartingWith("Cannot start: run unknown (process 0 on host unknown, since now)");
    }

    @Test
    void isLostWhenItsFileIsRemoved() throws IOException {
        try (Lease lease = acquire("r1")) {
            Files.delete(lockFile);

            assertThatThrownBy(lease::confirm)
                    .isInstanceOf(LockedException.class)
                    .hasMessage(
                            "Cannot go on: the lock file remote://host%s was removed while run r1 was writing to"
                                    + " remote://host%s/out; start again",
                            lockFile, folder);
        }
    }

    /** The next run need not wait until a lease is stale that nobody has. */
    @ParameterizedTest
    @EnumSource(names = "LASTING", mode = EnumSource.Mode.EXCLUDE)
    void leavesNoFileBehindWhicheverOperationFails(Fault.Kind kind) throws IOException {
        boolean isAnyLeft = true;
        for (int number = 0; isAnyLeft; number++) {
            Fault fault = new Fault(kind, number);
            FaultyFileSystem.strike("host", fault);
            try {
                acquire("r1").close();
            } catch (IOException failed) {
                assertThat(failed).as("%s", fault).hasMessage("a passing fault");
            } catch (LockedException refused) {
                // an empty file may be another's, which is written just now
                assertThat(fault).asString().matches("UNANSWERED \\d+, create .*/lock");
                Files.delete(lockFile);
            }
            FaultyFileSystem.heal();
            assertThat(lockFile).as("%s", fault).doesNotExist();
            isAnyLeft = fault.hasCome();
        }
    }

    @ParameterizedTest
    @EnumSource(names = "LASTING", mode = EnumSource.Mode.EXCLUDE)
    void outlivesARenewalThatFails(Fault.Kind kind) throws IOException {
        boolean isAnyLeft = true;
        for (int number = 0; isAnyLeft; number++) {
            Lease lease = acquire("r1");
            Fault fault = new Fault(kind, number);
            FaultyFileSystem.strike("host", fault);
            try {
                lease.renew();
            } catch (IOException failed) {
                assertThat(failed).as("%s", fault).hasMessage("a passing fault");
            }
            FaultyFileSystem.heal();
            isAnyLeft = fault.hasCome();

            if (number % 2 == 0) {
                lease.confirm();
            }
            lease.close();
            assertThat(lockFile).as("%s", fault).doesNotExist();
        }
    }

    @Test
    void hasTheTimesOfHadoopsSettings() {
        Configuration configuration = FaultyFileSystem.configuration();
        assertThat(Lease.Timing.of(configuration))
                .isEqualTo(new Lease.Timing(Duration.ofSeconds(15), Duration.ofSeconds(60), Duration.ofSeconds(2)));

        configuration.set("crossfoot.lease.heartbeat", "100ms");
        configuration.set("crossfoot.lease.stale", "5m");
        configuration.set("crossfoot.lease.settle", "0s");
        assertThat(Lease.Timing.of(configuration))
                .isEqualTo(new Lease.Timing(Duration.ofMillis(100), Duration.ofMinutes(5), Duration.ZERO));
    }

    @Test
    void saysThatItCannotBeWritten() {
        ControlFolder denied = new Disk(folder).control("remote://host", FaultyFileSystem.denyingWrites("/lock"));

        assertThatThrownBy(() -> RunLock.acquire(denied, "r1"))
                .isInstanceOf(StorageException.class)
                .hasMessage(
                        "Cannot write the lock file remote://host%s: permission denied; give this user the right"
                                + " to write there, or move the control folder with --control",
                        lockFile);
    }
}
