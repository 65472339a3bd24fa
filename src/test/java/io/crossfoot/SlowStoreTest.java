package io.crossfoot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crossfoot.error.LockedException;
import io.crossfoot.testing.FaultyFileSystem;
import io.crossfoot.testing.LocalSpark;
import io.crossfoot.testing.Trouble;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Runs on a store on which all takes a while. */
@ExtendWith(LocalSpark.class)
class SlowStoreTest {
    /** So many renewals take longer than a lease lasts that is not renewed. */
    private static final int RENEWALS = 25;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    @TempDir
    Path folder;

    @AfterEach
    void heal() {
        FaultyFileSystem.heal();
        clock.shutdownNow();
    }

    @Test
    void aRunKeepsItsLockWhileAnOperationTakesLongerThanALeaseLasts(SparkSession spark) {
        FaultyFileSystem.register(spark.sparkContext().hadoopConfiguration());
        SparkSession session = spark.newSession();
        session.conf().set("crossfoot.lease.heartbeat", "100ms");
        session.conf().set("crossfoot.lease.stale", "2s");
        Lake lake = new Lake(folder, folder, "remote://slow");
        lake.customers("C1,Ann,a@x.org,North");
        lake.deliver("a.csv", "1,C1,Pen,2,1.50,2024-01-15");
        // it may meet the lock file while that is written anew, and does not know then whose it is
        Slow slow = new Slow(() -> assertThatThrownBy(() -> lake.run(session, "r2"))
                .isInstanceOf(LockedException.class)
                .hasMessageMatching("Cannot start: run (r1|unknown) \\(.*"));
        FaultyFileSystem.strike("slow", slow);

        assertThat(lake.run(session, "r1").published()).isTrue();

        assertThat(slow.published.getCount()).isZero();
        assertThat(lake.rows()).containsExactly("1|C1|Ann|North|2|3.00");
        assertThat(lake.control().resolve("lock")).doesNotExist();
    }

    /** To publish a file takes until the lock was renewed often enough, and all else a little. */
    private final class Slow implements Trouble {
        private final CountDownLatch published = new CountDownLatch(RENEWALS);
        private final Runnable meanwhile;

        Slow(Runnable meanwhile) {
            this.meanwhile = meanwhile;
        }

        @Override
        public <T> T meet(String name, Operation<T> operation) throws IOException {
            try {
                if (name.matches("rename .*/staging/r1/part-.*")) {
                    assertThat(published.await(1, TimeUnit.MINUTES))
                            .as("the lock is renewed")
                            .isTrue();
                    meanwhile.run();
                } else {
                    clock.schedule(() -> {}, 2, TimeUnit.MILLISECONDS).get();
                }
            } catch (InterruptedException | ExecutionException stopped) {
                throw new IOException(stopped);
            }
            T result = operation.perform();
            if (name.matches("close .*/lock")) {
                published.countDown();
            }
            return result;
        }
    }
}
