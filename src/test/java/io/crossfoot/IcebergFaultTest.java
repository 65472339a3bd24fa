package io.crossfoot;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfoot.error.LockedException;
import io.crossfoot.error.StorageException;
import io.crossfoot.testing.Fault;
import io.crossfoot.testing.FaultyFileSystem;
import io.crossfoot.testing.Folders;
import io.crossfoot.testing.LocalSpark;
import io.crossfoot.testing.Trials;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Runs into Iceberg tables on a store of which one operation fails, or all from one on, be it asked for by a run or by
 * Iceberg: readers see the rows of before or of after, nothing between, and the next run ends as if there had been no fault.
 * Which operations fail is said as for {@link FaultTest}.
 */
@ExtendWith(LocalSpark.class)
@Tag("iceberg")
class IcebergFaultTest {
    @TempDir
    Path folder;

    private SparkSession shared;

    /** What a run finds, and how it commits. */
    private enum Mode {
        /** There is no table yet. */
        CREATE,
        APPEND,
        /** A row of before is another now. */
        MERGE,
        OVERWRITE;

        private String[] settings() {
            return switch (this) {
                case CREATE, MERGE -> IcebergTest.merging();
                case APPEND -> IcebergTest.table("append");
                case OVERWRITE -> IcebergTest.table("overwrite", "incremental", "false");
            };
        }
    }

    @BeforeEach
    void begin(SparkSession spark) {
        FaultyFileSystem.register(spark.sparkContext().hadoopConfiguration());
        shared = spark;
    }

    @AfterEach
    void heal() {
        FaultyFileSystem.heal();
    }

    @ParameterizedTest
    @EnumSource
    void readersSeeAllOfARunOrNothingAndTheNextRunPutsItRight(Mode mode) {
        Trial uncut = new Trial(mode, Fault.none());
        List<String> before = uncut.rows();
        uncut.run();
        List<String> after = uncut.rows();
        List<String> state = uncut.state();
        int operations = uncut.fault.operations().size();

        assertThat(operations).isGreaterThan(200);
        assertThat(before).isNotEqualTo(after);
        Trials.each(
                FaultTest.faults(7 * mode.ordinal(), operations),
                fault -> new Trial(mode, fault).check(before, after, state));
    }

    /** What lies there then is in the way of nobody. */
    @Test
    void aTableIsMadeByTheNextRunWhereTheStoreWasGoneBeforeItWasDone() {
        Trial uncut = new Trial(Mode.CREATE, Fault.none());
        uncut.run();
        int last = IntStream.range(0, uncut.fault.operations().size())
                .filter(number -> uncut.fault.operations().get(number).matches("rename .*[.]metadata[.]json"))
                .findFirst()
                .orElseThrow();

        Trial trial = new Trial(Mode.CREATE, new Fault(Fault.Kind.LASTING, last));
        trial.check(List.of(), uncut.rows(), uncut.state());

        assertThat(Folders.tree(trial.lake.outputFolder()))
                .filteredOn(file -> file.endsWith(".parquet"))
                .hasSize(2);
    }

    /** A run that meets a fault on a store of its own, and the run after it. */
    private final class Trial {
        private final Mode mode;
        private final Fault fault;
        private final String store;
        private final Path ground;
        private final Lake lake;
        private final SparkSession spark;

        Trial(Mode mode, Fault fault) {
            this.mode = mode;
            this.fault = fault;
            this.store = fault.name();
            this.ground = folder.resolve(store);
            this.lake = new Lake(ground.resolve("in"), ground.resolve("shop"), "remote://" + store);
            this.spark = session();
            lake.customers("C1,Ann,a@x.org,North", "C2,Bob,b@x.org,South");
            lake.deliver("a.csv", "1,C1,Pen,2,1.50,2024-01-15", "2,C2,Ink,none,9.00,2024-01-15");
            if (mode != Mode.CREATE) {
                lake.run(spark, "r0", mode.settings());
            }
            String first = mode == Mode.MERGE ? "1,C1,Pen,5,1.50,2024-01-15" : "3,C1,Cap,1,7.00,2024-01-16";
            lake.deliver("b.csv", first, "4,C9,Cap,1.5,7.00,2024-01-16", "5,C2,Cap,1,7.00,2024-01-16");
        }

        private SparkSession session() {
            SparkSession session = IcebergTest.session(shared, ground);
            session.conf().set("spark.sql.catalog.lake.warehouse", "remote://" + store + ground);
            // no other run asks for the lock at the same time
            session.conf().set("crossfoot.lease.settle", "0s");
            return session;
        }

        void run() {
            FaultyFileSystem.strike(store, fault);
            try {
                assertThat(lake.run(spark, "r1", mode.settings()).published()).isTrue();
            } finally {
                FaultyFileSystem.heal(store);
            }
        }

        void check(List<String> before, List<String> after, List<String> state) {
            String said = "published";
            try {
                run();
                assertThat(rows()).as(name(said)).isEqualTo(after);
            } catch (StorageException | LockedException failed) {
                said = failed.getMessage();
                assertThat(said).as(name(said)).startsWith("Cannot ").doesNotContain("\n");
            } catch (RuntimeException bug) {
                throw new AssertionError(name("a bug"), bug);
            }
            assertThat(rows()).as(name(said)).isIn(before, after);
            // a run that was cut off from its store leaves its lock; the next is refused until that is stale
            Path lock = lake.control().resolve("lock");
            if (Files.exists(lock)) {
                FaultTest.age(lock);
            }

            assertThat(lake.run(spark, "r1", mode.settings()).published())
                    .as(name(said))
                    .isTrue();

            assertThat(rows()).as(name(said)).isEqualTo(after);
            assertThat(state()).as(name(said)).isEqualTo(state);
        }

        private List<String> rows() {
            // another session opens the table anew
            SparkSession reader = session();
            if (!reader.catalog().tableExists("lake.shop.out")) {
                return List.of();
            }
            return reader
                    .sql("SELECT order_id, customer_id, name, quantity, total_amount FROM lake.shop.out ORDER BY ALL")
                    .collectAsList()
                    .stream()
                    .map(row -> row.mkString("|"))
                    .toList();
        }

        /** The runs that were committed, quarantine, and which other files there are. */
        private List<String> state() {
            Stream<String> committed = spark
                    .sql("SELECT summary['crossfoot.run-id'] FROM lake.shop.out.snapshots ORDER BY committed_at")
                    .collectAsList()
                    .stream()
                    .map(row -> row.getString(0));
            // what was overwritten is overwritten again
            List<String> state = new ArrayList<>((mode == Mode.OVERWRITE ? committed.distinct() : committed).toList());
            for (String file : Folders.tree(lake.control())) {
                if (file.startsWith("quarantine/") && file.endsWith(".json")) {
                    Folders.read(lake.control().resolve(file))
                            .lines()
                            .sorted()
                            .map(line -> line.replace(store, "store"))
                            .forEach(state::add);
                } else if (!file.endsWith(".crc") && !file.startsWith("state/nothing-new.json")) {
                    state.add(file.replaceFirst("state/\\d+", "state/number"));
                }
            }
            return state;
        }

        private String name(String said) {
            return "%s of %s: %s".formatted(mode, fault, said);
        }
    }
}
