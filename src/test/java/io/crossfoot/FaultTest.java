package io.crossfoot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfoot.error.LockedException;
import io.crossfoot.error.StorageException;
import io.crossfoot.testing.Fault;
import io.crossfoot.testing.Fault.Kind;
import io.crossfoot.testing.FaultyFileSystem;
import io.crossfoot.testing.Folders;
import io.crossfoot.testing.LocalSpark;
import io.crossfoot.testing.Trials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs on a store of which one operation fails, or all from one on: each ends right, or says in a line why it could not, and
 * readers see what they may; the next run ends as if there had been no fault.
 *
 * <p>One of 97 operations fails here, in one of the ways in which it can; {@code -Dcrossfoot.fault=each} lets each fail in one
 * way, and {@code all} in each way, which takes hours.
 */
@ExtendWith(LocalSpark.class)
class FaultTest {
    private static final String CHOICE = System.getProperty("crossfoot.fault", "some");
    private static final int STEP = CHOICE.equals("some") ? 97 : 1;

    @TempDir
    Path folder;

    private SparkSession session;

    /** What a run finds, and what it is to do. */
    private enum Mode {
        OVERWRITE("mode", "overwrite", "incremental", "false"),
        APPEND("mode", "append", "incremental", "false"),
        NEW_FILE,
        REWRITTEN_FILE,
        /** A run of the same id has died before; it had written rows of others anew. */
        AFTER_A_DEATH;

        private final String[] settings;

        Mode(String... settings) {
            this.settings = settings;
        }

        private boolean isReplacing() {
            return this == OVERWRITE || this == REWRITTEN_FILE;
        }

        /**
         * Whether readers by path may see these rows. Where folders are moved they see none for a moment; where files are
         * moved and deleted one by one, some of the other rows besides.
         */
        private boolean shows(List<String> rows, List<String> before, List<String> after) {
            List<String> known = new ArrayList<>(after);
            if (isReplacing()) {
                known.addAll(before);
            }
            return rows.isEmpty()
                    ? isReplacing()
                    : (rows.containsAll(before) || rows.containsAll(after))
                            && rows.stream()
                                    .allMatch(row ->
                                            Collections.frequency(rows, row) <= Collections.frequency(known, row));
        }
    }

    static Stream<Arguments> everyWay() {
        return Stream.of("remote", "gs")
                .flatMap(store -> Stream.of(Mode.values()).map(mode -> Arguments.of(store, mode)));
    }

    @BeforeEach
    void begin(SparkSession spark) {
        FaultyFileSystem.register(spark.sparkContext().hadoopConfiguration());
        session = spark.newSession();
        // no other run asks for the lock at the same time
        session.conf().set("crossfoot.lease.settle", "0s");
    }

    @AfterEach
    void heal() {
        FaultyFileSystem.heal();
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void endsRightOrSaysWhyNotAndIsPutRightByTheNextRun(String store, Mode mode) throws Exception {
        Lake start = start(store, mode);
        Trial uncut = new Trial(start, mode, "uncut", Fault.none());
        uncut.run();
        Ending expected = new Ending(start.rows(), uncut.lake.rows(), uncut.state());

        int operations = uncut.fault.operations().size();
        List<Trial> trials = faults(3 * mode.ordinal(), operations).stream()
                .map(fault -> new Trial(start, mode, fault.name(), fault))
                .toList();
        assertThat(operations).isGreaterThan(100);
        Trials.each(trials, trial -> trial.check(expected));
    }

    /** Returns the faults to be tried of a run that asks its store for so many operations, a sample from a first one on. */
    static List<Fault> faults(int first, int operations) {
        List<Fault> faults = new ArrayList<>();
        for (int number = first % STEP; number < operations; number += STEP) {
            Kind[] one = {Kind.values()[number % Kind.values().length]};
            for (Kind kind : CHOICE.equals("all") ? Kind.values() : one) {
                faults.add(new Fault(kind, number));
            }
        }
        return faults;
    }

    /**
     * What is right.
     *
     * @param before what readers see before
     * @param after and when all is done
     * @param state what lies there then
     */
    private record Ending(List<String> before, List<String> after, List<String> state) {}

    /** The output that a run finds on a store. */
    private Lake start(String store, Mode mode) {
        Lake start = new Lake(folder, folder.resolve("start"), store + "://start");
        start.customers("C1,Ann,a@x.org,North", "C2,Bob,b@x.org,South");
        start.deliver("a.csv", "1,C1,Pen,2,1.50,2024-01-15", "2,C2,Ink,none,9.00,2024-01-15");
        start.run(session, "r0");
        start.deliver("b.csv", "3,C1,Cap,1,7.00,2024-01-16", "4,C9,Cap,1.5,7.00,2024-01-16");
        if (mode == Mode.REWRITTEN_FILE) {
            start.deliver("a.csv", "1,C1,Pen,5,1.50,2024-01-15");
        }
        if (mode == Mode.AFTER_A_DEATH) {
            start.customers("C1,Anna,a@x.org,North", "C2,Bob,b@x.org,South");
            start.cutAt("publish", session, "r1", "customer-changes", "reenrich");
            assertThat(Folders.tree(start.control())).anyMatch(file -> file.startsWith("staging/r1.anew/"));
        }
        return start;
    }

    /** A run that meets a fault on a store of its own, and the run after it. */
    private final class Trial {
        private final Mode mode;
        private final String store;
        private final Fault fault;
        private final Lake lake;

        Trial(Lake start, Mode mode, String store, Fault fault) {
            this.mode = mode;
            this.store = store;
            this.fault = fault;
            this.lake = new Lake(folder, folder.resolve(store), start.store().replaceFirst("//.*", "//" + store));
            Folders.copy(start.root(), lake.root());
        }

        void run() {
            FaultyFileSystem.strike(store, fault);
            try {
                assertThat(lake.run(session, "r1", mode.settings).published()).isTrue();
            } finally {
                FaultyFileSystem.heal(store);
            }
        }

        void check(Ending expected) {
            String said = "published";
            boolean isUntouched = false;
            try {
                run();
                assertThat(lake.rows()).as(name(said)).isEqualTo(expected.after);
            } catch (StorageException failed) {
                said = failed.getMessage();
                isUntouched = said.contains("untouched");
                assertThat(said).as(name(said)).matches("Cannot [^\n]+[ (]a passing fault[;)][^\n]+");
            } catch (LockedException refused) {
                said = refused.getMessage();
                // an empty file may be another's, which is written just now
                assertThat(fault).as(name(said)).asString().matches("UNANSWERED \\d+, create .*/lock");
            } catch (RuntimeException bug) {
                throw new AssertionError(name("a bug"), bug);
            }
            assertThat(lake.rows())
                    .as(name(said))
                    .matches(rows -> mode.shows(List.copyOf(rows), expected.before, expected.after), "may be seen");
            if (isUntouched) {
                assertThat(lake.rows()).as(name(said)).isEqualTo(expected.before);
            }
            outliveTheLock(said);

            Pipeline.of(lake.config("r1", mode.settings))
                    .telling(point -> assertThat(rowsMeanwhile())
                            .as(name("the next run at " + point))
                            .matches(
                                    rows -> mode.shows(List.copyOf(rows), expected.before, expected.after),
                                    "may be seen"))
                    .run(session);
            assertThat(state()).as(name(said)).isEqualTo(expected.state);
        }

        /** Files go while they are listed, since several are deleted at a time: who meets that looks again. */
        private List<String> rowsMeanwhile() {
            RuntimeException gone = null;
            for (int look = 0; look < 5; look++) {
                try {
                    return lake.rows();
                } catch (UncheckedIOException | IllegalStateException failed) {
                    gone = failed;
                }
            }
            throw gone;
        }

        /** What is left, without names of files that are by chance. */
        private List<String> state() {
            return lake.state().stream()
                    .map(line ->
                            line.replaceAll("part-\\d+-\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}", "part"))
                    .toList();
        }

        /**
         * A run that was cut off from its store leaves its lock, and so does one that was not told that it has created it: the
         * next is refused until that is stale.
         */
        private void outliveTheLock(String said) {
            Path lock = lake.control().resolve("lock");
            if (Files.exists(lock)) {
                assertThat(fault).as(name(said)).asString().matches("LASTING .*|UNANSWERED \\d+, create .*/lock");
                assertThatThrownBy(() -> lake.run(session, "r1", mode.settings)).isInstanceOf(LockedException.class);
                age(lock);
            }
        }

        private String name(String said) {
            return "%s, %s of %s: %s".formatted(lake.output(), mode, fault, said);
        }
    }

    /** Lets a lock be one whose run has not been heard of for a minute. */
    static void age(Path lock) {
        try {
            Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minus(Duration.ofSeconds(70))));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
