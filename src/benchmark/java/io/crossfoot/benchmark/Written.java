package io.crossfoot.benchmark;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * What lies in an output, as DuckDB reads it.
 *
 * @param bytes size of the Parquet files
 * @param files how many there are
 * @param rows how many rows
 * @param amount sum of {@code total_amount}
 * @param digest a sum over the hashes of all rows, independent of their order
 */
record Written(long bytes, int files, long rows, BigDecimal amount, String digest) {
    private static final String SUMMARY = """
            SELECT count(*), sum(total_amount), sum(hash(customer_id, order_id, product_name, quantity,
                   price::DECIMAL(12,2), order_date, name, email, region, total_amount::DECIMAL(23,2)))
            FROM read_parquet('%s/*.parquet')""";

    static Written in(Path output) throws IOException, SQLException {
        List<Path> files;
        try (var found = Files.list(output)) {
            files = found.filter(file -> file.toString().endsWith(".parquet")).toList();
        }
        long bytes = 0;
        for (Path file : files) {
            bytes += Files.size(file);
        }
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(SUMMARY.formatted(output))) {
            result.next();
            BigDecimal amount = result.getBigDecimal(2).setScale(2, RoundingMode.HALF_UP);
            return new Written(bytes, files.size(), result.getLong(1), amount, result.getString(3));
        }
    }

    boolean agreesWith(Written other) {
        return rows == other.rows && amount.equals(other.amount) && digest.equals(other.digest);
    }
}
