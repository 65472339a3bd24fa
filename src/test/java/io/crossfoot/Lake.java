package io.crossfoot;

import io.crossfoot.config.EnrichConfig;
import io.crossfoot.report.RunReport;
import io.crossfoot.testing.DuckDb;
import io.crossfoot.testing.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * Sales, customers, and the output of runs that read what is new.
 *
 * @param inputs where sales and customers lie
 * @param root where the output and its control folder lie
 * @param store what stands before the path of the output: nothing, or a scheme and an authority
 */
record Lake(Path inputs, Path root, String store) {
    private static final AtomicLong CLOCK = new AtomicLong(1_700_000_000_000L);

    /** Ends a run as a kill would. */
    static final class Cut extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    Lake(Path folder) {
        this(folder, folder, "");
    }

    /** Returns a copy of the output over the same inputs. */
    Lake copyTo(Path other) {
        Folders.copy(root, other);
        return new Lake(inputs, other, store);
    }

    /** Writes a file of the sales, or writes it anew, at a time of its own. */
    void deliver(String file, String... rows) {
        write("sales/" + file, "order_id,customer_id,product_name,quantity,price,order_date", rows);
    }

    void customers(String... rows) {
        write("customers/c.csv", "customer_id,name,email,region", rows);
    }

    private void write(String file, String header, String... rows) {
        Path path = Folders.write(inputs.resolve(file), header + "\n" + String.join("\n", rows) + "\n");
        try {
            Files.setLastModifiedTime(path, FileTime.fromMillis(CLOCK.addAndGet(1000)));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    String output() {
        return store + outputFolder();
    }

    Path outputFolder() {
        return root.resolve("out");
    }

    Path control() {
        return root.resolve("_crossfoot/out");
    }

    EnrichConfig config(String runId, String... more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "sales",
                inputs.resolve("sales").toString(),
                "customers",
                inputs.resolve("customers").toString(),
                "output",
                output(),
                "max-quarantine",
                "60%",
                "incremental",
                "true",
                "run-id",
                runId));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return EnrichConfig.of(settings);
    }

    RunReport run(SparkSession spark, String runId, String... more) {
        return Pipeline.of(config(runId, more)).run(spark);
    }

    /** Runs as if nothing had been read before. */
    RunReport runOverAll(SparkSession spark, String runId, String... more) {
        return run(spark, runId, and(new String[] {"incremental", "false"}, more));
    }

    /** Runs, and ends where a point begins so. */
    void cutAt(String point, SparkSession spark, String runId, String... more) {
        try {
            Pipeline.of(config(runId, more)).telling(cutter(point)).run(spark);
        } catch (Cut asWanted) {
            return;
        }
        throw new AssertionError("no point begins with " + point);
    }

    private static Consumer<String> cutter(String point) {
        return said -> {
            if (said.startsWith(point)) {
                throw new Cut();
            }
        };
    }

    /** Ends a run at a point, counted from 0. */
    static Consumer<String> cutterAt(int point) {
        int[] passed = {0};
        return said -> {
            if (passed[0]++ == point) {
                throw new Cut();
            }
        };
    }

    /** Returns a text of a state that was changed, with the hash that it has now. */
    static String sealed(String state) {
        String lines = state.substring(0, state.indexOf("{\"runs\""));
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(lines.getBytes(StandardCharsets.UTF_8));
            return state.replaceFirst(
                    "(?<=\"sha256\":\")[0-9a-f]{64}", HexFormat.of().formatHex(hash));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Returns settings with more of them. */
    static String[] and(String[] some, String... others) {
        return Stream.concat(Stream.of(some), Stream.of(others)).toArray(String[]::new);
    }

    /** What a reader by path sees. */
    List<String> rows() {
        if (Folders.tree(outputFolder()).stream().noneMatch(file -> file.endsWith(".parquet"))) {
            return List.of();
        }
        List<String> table =
                DuckDb.query("SELECT order_id, customer_id, name, region, quantity, total_amount FROM %s ORDER BY ALL"
                        .formatted(DuckDb.parquet(outputFolder().toString())));
        return table.subList(1, table.size());
    }

    /**
     * Rows, quarantine, state, and which other files there are; but for what bears one of these names, and the note of what is
     * in the state.
     */
    List<String> state(String... others) {
        List<String> state = new ArrayList<>(rows());
        for (String file : Folders.tree(control())) {
            if (file.endsWith(".crc")
                    || file.startsWith("state/nothing-new.json")
                    || Stream.of(others).anyMatch(file::contains)) {
                continue;
            }
            if (file.startsWith("quarantine/")) {
                Folders.read(control().resolve(file)).lines().sorted().forEach(state::add);
            } else {
                state.add(file.replaceFirst("state/\\d+", "state/number"));
            }
            if (file.startsWith("state/")) {
                Folders.read(control().resolve(file))
                        .lines()
                        .map(line -> line.replaceAll("\"number\":\\d+", "\"number\":0")
                                .replaceFirst("\"sha256\":\"[0-9a-f]{64}\"", "\"sha256\":\"\""))
                        .forEach(state::add);
            }
        }
        return state;
    }
}
