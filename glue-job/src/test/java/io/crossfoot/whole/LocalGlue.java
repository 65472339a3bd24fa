package io.crossfoot.whole;

import io.crossfoot.catalog.Catalog;
import io.crossfoot.catalog.CatalogColumn;
import io.crossfoot.catalog.CatalogPartition;
import io.crossfoot.catalog.CatalogPlace;
import io.crossfoot.catalog.CatalogTable;
import io.crossfoot.catalog.TableName;
import io.crossfoot.catalog.TableStorage;
import io.crossfoot.testing.Child;
import io.crossfoot.testing.DuckDb;
import io.crossfoot.testing.Folders;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A folder that plays AWS: a catalog, bookmarks, files, and the job jar, started as Glue starts it. */
public record LocalGlue(Path root, List<String> flags) {
    public static final String HEADER = "order_id,customer_id,product_name,quantity,price,order_date\n";
    public static final List<String> SALES_COLUMNS = List.of(
            "order_id bigint",
            "customer_id string",
            "product_name string",
            "quantity bigint",
            "price double",
            "order_date string");
    public static final List<String> CUSTOMER_COLUMNS =
            List.of("customer_id string", "name string", "email string", "region string");

    public LocalGlue(Path root) {
        this(root, List.of());
    }

    /** Returns this with one more flag for the JVM. */
    public LocalGlue with(String flag) {
        List<String> more = new ArrayList<>(flags);
        more.add(flag);
        return new LocalGlue(root, more);
    }

    public Path output() {
        return root.resolve("out");
    }

    public Path control() {
        return root.resolve("_crossfoot/out");
    }

    /** The tables of the recipe as a crawler leaves them, over folders that are filled later. */
    public LocalGlue crawled() {
        csvTable("sales", SALES_COLUMNS);
        jsonTable("customers", CUSTOMER_COLUMNS);
        customers("C1 Ann North", "C2 Bob South");
        return this;
    }

    public void csvTable(String name, List<String> columns, String... partitionKeys) {
        put(table(
                name,
                TableStorage.delimited(','),
                columns,
                List.of(partitionKeys),
                Map.of("classification", "csv", "delimiter", ",", "skip.header.line.count", "1")));
    }

    public void jsonTable(String name, List<String> columns) {
        Map<String, String> fields = columns.stream()
                .map(column -> column.split(" ")[0])
                .collect(Collectors.toMap(column -> column, field -> field));
        put(table(name, TableStorage.jsonLines(fields), columns, List.of(), Map.of("classification", "json")));
    }

    public CatalogTable table(
            String name,
            TableStorage storage,
            List<String> columns,
            List<String> partitionKeys,
            Map<String, String> parameters) {
        return new CatalogTable(
                new TableName("shop", name),
                folder(name).toUri().toString(),
                storage,
                columns.stream().map(LocalGlue::column).toList(),
                partitionKeys.stream()
                        .map(key -> new CatalogColumn(key, "string"))
                        .toList(),
                parameters);
    }

    private static CatalogColumn column(String text) {
        String[] parts = text.split(" ");
        return new CatalogColumn(parts[0], parts[1]);
    }

    public void put(CatalogTable table) {
        try (Catalog catalog = catalog()) {
            catalog.createDatabase("shop");
            catalog.put(table);
        }
        folder(table.name().table()).toFile().mkdirs();
    }

    public void putPartitions(String table, CatalogPartition... partitions) {
        try (Catalog catalog = catalog()) {
            catalog.putPartitions(new TableName("shop", table), Arrays.asList(partitions));
        }
    }

    public Catalog catalog() {
        return new CatalogPlace(root.resolve("catalog").toString()).open();
    }

    public Path folder(String table) {
        return root.resolve("raw").resolve(table);
    }

    public void sales(String file, String... rows) {
        Folders.write(folder("sales").resolve(file), HEADER + String.join("\n", rows) + "\n");
    }

    /** @param customers id, name and region with blanks between them */
    public void customers(String... customers) {
        StringBuilder lines = new StringBuilder();
        for (String customer : customers) {
            String[] parts = customer.split(" ");
            lines.append("{\"customer_id\": \"%s\", \"name\": \"%s\", \"email\": \"%s@x.org\", \"region\": \"%s\"}%n"
                    .formatted(parts[0], parts[1], parts[1], parts[2]));
        }
        Folders.write(folder("customers").resolve("c.json"), lines.toString());
    }

    /** Runs the job with a bookmark. */
    public Child.Ending bookmarked(String runId, String... more) {
        List<String> arguments = new ArrayList<>(List.of("--job-bookmark-option", "job-bookmark-enable"));
        arguments.addAll(List.of(more));
        return run(runId, arguments.toArray(String[]::new));
    }

    /** Runs the job as Glue would. */
    public Child.Ending run(String runId, String... more) {
        return launch(arguments(runId, more));
    }

    /** Returns a command line, with what Glue adds to it. */
    public List<String> arguments(String runId, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--class", "io.crossfoot.glue.GlueJob",
                "--JOB_NAME", "nightly",
                "--JOB_ID", "j_1",
                "--JOB_RUN_ID", runId,
                "--TempDir", "s3://nowhere/tmp",
                "--enable-metrics", "true",
                "--DATABASE_NAME", "shop",
                "--CATALOG", root.resolve("catalog").toString(),
                "--enable-spark-ui", "true"));
        List<String> given = List.of(more);
        if (!given.contains("--MAX_QUARANTINE")) {
            arguments.addAll(List.of("--MAX_QUARANTINE", "50%"));
        }
        if (!given.contains("--OUTPUT") && !given.contains("--OUTPUT_BUCKET")) {
            arguments.addAll(List.of("--OUTPUT", output().toString()));
        }
        arguments.addAll(given);
        return arguments;
    }

    public Child.Ending launch(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Folders.root().resolve(".mvn/jvm.config"),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dcrossfoot.glue.catalog=" + root.resolve("catalog"),
                "-Dcrossfoot.glue.bookmarks=" + root.resolve("bookmarks")));
        command.addAll(flags);
        command.addAll(List.of(
                "-cp",
                String.join(":", Jars.glueRuntime().toString(), Jars.job().toString(), Folders.sparkClassPath()),
                "io.crossfoot.emulator.glue.Launch"));
        command.addAll(arguments);
        return Child.of(root, command).with("SPARK_LOCAL_IP", "127.0.0.1").run();
    }

    /** What a reader by path sees, without the line of names. */
    public List<String> rows() {
        return rows(output());
    }

    public static List<String> rows(Path output) {
        if (Folders.tree(output).isEmpty()) {
            return List.of();
        }
        List<String> lines = DuckDb.query("SELECT order_id, name, region, total_amount FROM %s ORDER BY ALL"
                .formatted(DuckDb.parquet(output.toString())));
        return lines.subList(1, lines.size());
    }
}
