package io.crossfoot.whole;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfoot.testing.DuckDb;
import io.crossfoot.testing.Folders;
import io.crossfoot.testing.GroundFileSystem;
import io.crossfoot.testing.LocalSpark;
import io.crossfoot.testing.StoppableRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A folder with an output and its control folder; input lies elsewhere. */
record Ground(Path root) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RANDOM = "\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}";
    /** Says again what is in the state; a run that was killed may have left it or not. */
    private static final String NOTE = "nothing-new.json";

    private static final String TABLE = "lake.shop.out";

    /**
     * What an Iceberg table says of itself are places of files. They are told from the folder that this lies in: so that a
     * copy of it is a table of its own.
     */
    private static final Map<String, String> CATALOG = Map.of(
            "spark.sql.catalog.lake", "org.apache.iceberg.spark.SparkCatalog",
            "spark.sql.catalog.lake.type", "hadoop",
            "spark.sql.catalog.lake.warehouse", ".",
            "spark.sql.catalog.lake.cache-enabled", "false");

    /** What a run leaves: rows as DuckDB reads them, and texts without places, times and random names. */
    record State(
            List<String> rows,
            List<String> quarantine,
            String report,
            List<String> processed,
            List<String> controlFiles) {}

    Path output() {
        return root.resolve("out");
    }

    Path control() {
        return root.resolve("_crossfoot/out");
    }

    Path report(String runId) {
        return control().resolve("runs").resolve(runId).resolve("run-report.json");
    }

    /** Settings of a run that reads {@code input}; at most half of its rows may be bad. */
    Map<String, String> settings(Path input, String runId, String mode) {
        Map<String, String> settings = new HashMap<>();
        settings.put("sales", input.resolve("sales").toString());
        settings.put("customers", input.resolve("customers").toString());
        settings.put("output", output().toString());
        settings.put("run-id", runId);
        settings.put("mode", mode);
        settings.put("max-quarantine", "50%");
        settings.put("partition-by", "region");
        return settings;
    }

    /** Settings of a run that merges what is new of {@code input} into a table, which lies in the output folder. */
    Map<String, String> merging(Path input, String runId) {
        Map<String, String> settings = incremental(input, runId);
        settings.putAll(Map.of("mode", "merge", "key", "order_id", "table-format", "iceberg", "output-table", TABLE));
        settings.putAll(spark());
        return settings;
    }

    /** Settings of a run that reads what is new of {@code input}. */
    Map<String, String> incremental(Path input, String runId) {
        Map<String, String> settings = settings(input, runId, "append");
        settings.put("incremental", "true");
        return settings;
    }

    Ground copyTo(Path other) {
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                Path copy = other.resolve(root.relativize(path));
                Files.createDirectories(copy.getParent());
                Files.copy(path, copy);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return new Ground(other);
    }

    private Map<String, String> spark() {
        Map<String, String> settings = new HashMap<>(CATALOG);
        settings.putAll(GroundFileSystem.in(workingFolder()));
        return settings;
    }

    /** Where relative paths begin. */
    Path workingFolder() {
        return root.getParent();
    }

    /** What a reader by path sees now, or one of the table, in any order. */
    List<String> rows() {
        return Files.isDirectory(output().resolve("metadata")) ? tableRows() : fileRows();
    }

    private List<String> tableRows() {
        return StoppableRun.session(LocalSpark.session(), spark())
                .sql("SELECT order_id, customer_id, name, region, total_amount FROM %s ORDER BY ALL".formatted(TABLE))
                .collectAsList()
                .stream()
                .map(row -> row.mkString("|"))
                .toList();
    }

    private List<String> fileRows() {
        return Folders.tree(output()).stream().noneMatch(file -> file.endsWith(".parquet"))
                ? List.of()
                : DuckDb.query("SELECT order_id, customer_id, name, region, total_amount FROM %s ORDER BY ALL"
                        .formatted(DuckDb.parquet(output().toString())));
    }

    /** What is left, as one run sees it: whatever carries the name of {@code killed} is another's. */
    State state(String runId, String killed) {
        List<String> control = Folders.tree(control()).stream()
                .filter(file -> !file.contains(killed) && !file.contains(NOTE))
                .map(file -> file.replaceAll(RANDOM, "random").replaceAll("state/\\d+", "state/number"))
                .toList();
        return new State(rows(), quarantine(runId), reportText(runId), processed(), control);
    }

    private List<String> processed() {
        Path folder = control().resolve("state");
        return Folders.tree(folder).stream()
                .filter(file -> !file.contains(NOTE))
                .flatMap(file -> Folders.read(folder.resolve(file)).lines())
                .map(line -> line.replaceAll("\"number\":\\d+", "\"number\":0")
                        .replaceFirst("\"sha256\":\"[0-9a-f]{64}\"", "\"sha256\":\"\"")
                        .replaceAll(RANDOM, "random"))
                .toList();
    }

    private List<String> quarantine(String runId) {
        Path folder = control().resolve("quarantine").resolve(runId);
        return Folders.tree(folder).stream()
                .filter(file -> file.endsWith(".json"))
                .flatMap(file -> Folders.read(folder.resolve(file)).lines())
                .sorted()
                .toList();
    }

    private String reportText(String runId) {
        try {
            ObjectNode report = (ObjectNode) JSON.readTree(Folders.read(report(runId)));
            report.remove(List.of("started", "stages"));
            report.path("snapshot").findParents("id").forEach(snapshot -> ((ObjectNode) snapshot).remove("id"));
            return report.toPrettyString().replace(root.toString(), "");
        } catch (JsonProcessingException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }
}
