package io.crossfoot.benchmark;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Sales in CSV files and customers in JSON lines, made once and kept. The same shape and number of rows gives the same bytes.
 *
 * <p>One product name in ten holds a comma and stands in quotes; one sale in a hundred has a customer that does not
 * exist. Every row keeps the built-in contracts.
 *
 * @param folder where both tables lie
 * @param rows rows of sales
 */
record BenchmarkData(Path folder, Shape shape, long rows) {
    static final int CUSTOMERS = 200_000;

    /** The columns of the sales, but for those that a wide shape adds. */
    static final String SCHEMA =
            "order_id BIGINT, customer_id STRING, product_name STRING, quantity INT, price DECIMAL(12,2), order_date DATE";

    private static final long SEED = 20_240_115;
    private static final String[] PRODUCTS = {
        "Laptop",
        "Mouse",
        "Keyboard",
        "Monitor 27in",
        "Webcam",
        "Headset",
        "Desk Lamp",
        "USB-C Cable",
        "Dock",
        "\"Chair, black\""
    };
    private static final String[] REGIONS = {"North", "South", "East", "West"};
    private static final String[] DAYS = LocalDate.of(2022, 1, 1)
            .datesUntil(LocalDate.of(2025, 1, 1))
            .map(LocalDate::toString)
            .toArray(String[]::new);

    /** Returns the data of so many sales, to customers alike, below {@code work}, made now unless it is there. */
    static BenchmarkData in(Path work, long rows) throws IOException {
        return in(work, Shape.EVEN, rows);
    }

    /** Returns the data of so many sales below {@code work}, made now unless it is there. */
    static BenchmarkData in(Path work, Shape shape, long rows) throws IOException {
        String name = "data-%s-%d".formatted(shape.word(), rows);
        BenchmarkData data = new BenchmarkData(work.resolve(name), shape, rows);
        if (!Files.exists(data.folder)) {
            BenchmarkData unfinished = new BenchmarkData(work.resolve(name + ".new"), shape, rows);
            Files.createDirectories(unfinished.sales());
            Files.createDirectories(unfinished.customers());
            IntStream.range(0, shape.files()).parallel().forEach(unfinished::writeSales);
            unfinished.writeCustomers();
            Files.move(unfinished.folder, data.folder);
        }
        return data;
    }

    Path sales() {
        return folder.resolve("sales");
    }

    Path customers() {
        return folder.resolve("customers");
    }

    /** Links keep the time of a file, by which a bookmark and a state know it. */
    void linkSales(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Path file : salesFiles()) {
            Files.createLink(folder.resolve(file.getFileName()), file);
        }
    }

    /** Files that come later. */
    void copySales(Path folder, String prefix) throws IOException {
        for (Path file : salesFiles()) {
            Files.copy(file, folder.resolve(prefix + "-" + file.getFileName()));
        }
    }

    private List<Path> salesFiles() throws IOException {
        try (Stream<Path> files = Files.list(sales())) {
            return files.toList();
        }
    }

    private void writeSales(int file) {
        SplittableRandom random = new SplittableRandom(SEED + file);
        StringBuilder line = new StringBuilder();
        try (OutputStream out = open(sales().resolve("sales-" + file + ".csv"))) {
            out.write(
                    bytes("order_id,customer_id,product_name,quantity,price,order_date" + shape.extraHeader() + "\n"));
            for (long order = first(file); order < first(file + 1); order++) {
                boolean known = random.nextInt(100) > 0;
                int cents = 100 + random.nextInt(199_900);
                line.setLength(0);
                line.append(order + 1).append(',').append(known ? 'C' : 'X');
                line.append(100_000 + shape.customer(random, CUSTOMERS)).append(',');
                line.append(PRODUCTS[random.nextInt(PRODUCTS.length)]).append(',');
                line.append(1 + random.nextInt(9)).append(',');
                line.append(cents / 100)
                        .append('.')
                        .append(cents / 10 % 10)
                        .append(cents % 10)
                        .append(',');
                line.append(DAYS[random.nextInt(DAYS.length)]);
                line.append(shape.extraValues(random)).append('\n');
                out.write(bytes(line));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Returns the first order of a file. */
    private long first(int file) {
        return rows * file / shape.files();
    }

    private void writeCustomers() throws IOException {
        SplittableRandom random = new SplittableRandom(SEED);
        try (OutputStream out = open(customers().resolve("customers.json"))) {
            for (int i = 0; i < CUSTOMERS; i++) {
                int id = 100_000 + i;
                out.write(bytes("""
                        {"customer_id": "C%d", "name": "Customer %d", "email": "c%d@example.com", "region": "%s"}
                        """.formatted(id, i, id, REGIONS[random.nextInt(REGIONS.length)])));
            }
        }
    }

    private static OutputStream open(Path file) throws IOException {
        return new BufferedOutputStream(Files.newOutputStream(file), 1 << 20);
    }

    private static byte[] bytes(CharSequence text) {
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
