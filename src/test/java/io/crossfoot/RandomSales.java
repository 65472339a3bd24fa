package io.crossfoot;

import io.crossfoot.testing.Folders;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Sales and customers made by chance, and what must become of them: known from how each value was made, not from any
 * code that is tested.
 */
final class RandomSales {
    private static final Map<String, String> QUANTITIES = new TreeMap<>(Map.of(
            "1",
            "1",
            "2.0",
            "2",
            "1e2",
            "100",
            " 3 ",
            "3",
            "+4",
            "4",
            "-5",
            "-5",
            "0",
            "0",
            "2147483647",
            "2147483647"));
    private static final Map<String, String> PRICES = new TreeMap<>(Map.of(
            "1.50",
            "1.50",
            ".5",
            "0.50",
            "0.01",
            "0.01",
            "9999999999.99",
            "9999999999.99",
            "1.10000",
            "1.10",
            "1e3",
            "1000.00",
            "-0.00",
            "0.00",
            "5.",
            "5.00"));
    private static final List<String> BAD_QUANTITIES = List.of("2.5", "x", "", "2147483648", "1_0", "NaN", "0x10");
    private static final List<String> BAD_PRICES = List.of("0.005", "NaN", "10000000000.00", "$1", "", "1e-3", "1d");
    private static final List<String> BAD_DATES = List.of("2024-02-30", "2024-1-5", "20240115", "soon");
    private static final List<String> TEXTS =
            List.of("Laptop", "a, b", "15\" screen", "  padded ", "Größe", "😀", "#1", "'", "\\", "null", "{\"a\":1}");
    private static final List<String> COLUMNS =
            List.of("order_id", "customer_id", "product_name", "quantity", "price", "order_date");

    private final Random random;
    private final boolean json;
    /** The lines of all files: values by column, or the one value of a line that is no record. */
    private final List<Map<String, String>> lines = new ArrayList<>();

    final List<String> enriched = new ArrayList<>();
    final List<String> customers = new ArrayList<>();
    long read;
    long quarantined;
    long matched;
    BigDecimal amount = BigDecimal.ZERO;

    RandomSales(long seed, int rows) {
        random = new Random(seed);
        json = seed % 3 == 2;
        for (int i = 1; i <= rows; i++) {
            addRow(i);
        }
        customers.add("customer_id,name,email,region");
        for (int i = 0; i < 8; i++) {
            for (int copy = random.nextInt(3); copy >= 0; copy--) {
                customers.add("C%d,\"Name, %d\",,R%d".formatted(i, i, i % 3));
            }
        }
    }

    private void addRow(int id) {
        String customer = pick(List.of("C0", "C1", "C2", "C7", "c1", " C2", "C99", ""));
        String quantity = pick(List.copyOf(QUANTITIES.keySet()));
        String price = pick(List.copyOf(PRICES.keySet()));
        boolean valid = random.nextInt(10) > 1;
        Map<String, String> row = new LinkedHashMap<>();
        row.put("order_id", Integer.toString(id));
        row.put("customer_id", customer.isEmpty() ? null : customer);
        row.put("product_name", random.nextInt(6) == 0 ? null : pick(TEXTS));
        row.put("quantity", quantity);
        row.put("price", price);
        row.put("order_date", random.nextInt(4) == 0 ? null : "2024-02-29");
        if (!valid) {
            spoil(row);
        }
        for (int copy = random.nextInt(8) == 0 ? 1 : 0; copy >= 0; copy--) {
            lines.add(row);
            read++;
            quarantined += valid ? 0 : 1;
            if (valid) {
                addEnriched(id, customer, row.get("product_name"), QUANTITIES.get(quantity), PRICES.get(price));
            }
        }
    }

    private void addEnriched(int id, String customer, String product, String quantity, String price) {
        BigDecimal total = new BigDecimal(quantity).multiply(new BigDecimal(price));
        amount = amount.add(total);
        boolean known = customer.matches("C[0-7]");
        matched += known ? 1 : 0;
        enriched.add(String.join(
                "|",
                customer.isEmpty() ? "∅" : customer,
                Integer.toString(id),
                Objects.requireNonNullElse(product, "∅"),
                quantity,
                price,
                known ? "Name, " + customer.substring(1) : "∅",
                total.toPlainString()));
    }

    private void spoil(Map<String, String> row) {
        switch (random.nextInt(6)) {
            case 0 -> row.put("quantity", pick(BAD_QUANTITIES));
            case 1 -> row.put("price", pick(BAD_PRICES));
            case 2 -> row.put("order_date", pick(BAD_DATES));
            case 3 -> row.put("order_id", pick(List.of("", "9223372036854775808", "one")));
            case 4 -> row.put("product_name", "lost \uFFFD");
            default -> row.put("", "no,record");
        }
    }

    /** Writes the same rows in other files, orders, columns and spellings for each {@code layout}. */
    void write(Path folder, long layout) {
        Random shuffle = new Random(layout);
        List<Map<String, String>> shuffled = new ArrayList<>(lines);
        Collections.shuffle(shuffled, shuffle);
        int files = 1 + shuffle.nextInt(4);
        for (int i = 0; i < files; i++) {
            List<String> columns = new ArrayList<>(COLUMNS);
            Collections.shuffle(columns, shuffle);
            List<String> text = new ArrayList<>();
            for (int row = i; row < shuffled.size(); row += files) {
                text.add(json ? object(shuffled.get(row), columns) : record(shuffled.get(row), columns, shuffle));
            }
            if (!json) {
                text.add(0, String.join(",", columns));
            }
            String end = shuffle.nextBoolean() ? "\n" : "\r\n";
            Folders.write(
                    folder.resolve("sales/part-%d.%s".formatted(i, json ? "json" : "csv")),
                    (shuffle.nextBoolean() ? "\uFEFF" : "") + String.join(end, text) + end);
        }
        List<String> others = new ArrayList<>(customers.subList(1, customers.size()));
        Collections.shuffle(others, shuffle);
        Folders.write(folder.resolve("customers/c.csv"), customers.get(0) + "\n" + String.join("\n", others));
    }

    private static String record(Map<String, String> row, List<String> columns, Random style) {
        return row.containsKey("")
                ? row.get("")
                : columns.stream().map(name -> csv(row.get(name), style)).collect(Collectors.joining(","));
    }

    private static String csv(String value, Random style) {
        if (value == null) {
            return "";
        }
        boolean quoted = value.isEmpty() || value.matches(".*[\",].*") || style.nextBoolean();
        return quoted ? '"' + value.replace("\"", "\"\"") + '"' : value;
    }

    private static String object(Map<String, String> row, List<String> columns) {
        return row.containsKey("")
                ? "{\"order_id\": 1, "
                : columns.stream()
                        .filter(name -> row.get(name) != null)
                        .map(name -> "\"%s\": %s".formatted(name, json(row.get(name))))
                        .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String json(String value) {
        return value.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?(e-?[0-9]+)?")
                ? value
                : '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }
}
