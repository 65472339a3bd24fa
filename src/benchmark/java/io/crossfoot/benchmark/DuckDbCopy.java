package io.crossfoot.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;

/** The same work in DuckDB, all in one statement; no check. */
final class DuckDbCopy {
    private DuckDbCopy() {}

    /** @param arguments sales, customers, output, and the schema of the sales */
    public static void main(String[] arguments) throws Exception {
        Files.createDirectories(Path.of(arguments[2]));
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("SET preserve_insertion_order = false");
            statement.execute("""
                    COPY (
                      SELECT s.customer_id, order_id, product_name, quantity, price, order_date, name, email, region,
                             CAST(quantity AS DECIMAL(10,0)) * price AS total_amount
                      FROM read_csv('%1$s/*.csv', header = true, auto_detect = false, delim = ',', quote = '"', columns = {%4$s}) s
                      LEFT JOIN read_json('%2$s/*.json', format = 'newline_delimited', columns = {
                             customer_id: 'VARCHAR', name: 'VARCHAR', email: 'VARCHAR', region: 'VARCHAR'}) c
                        ON s.customer_id = c.customer_id
                    ) TO '%3$s/enriched.parquet' (FORMAT parquet, COMPRESSION zstd)""".formatted(arguments[0], arguments[1], arguments[2], columns(arguments[3])));
        }
    }

    /** Turns {@code name TYPE, …} into {@code name: 'TYPE', …}. */
    private static String columns(String schema) {
        return schema.replaceAll("(\\w+) ([A-Z]\\S*?)(, |$)", "$1: '$2'$3");
    }
}
