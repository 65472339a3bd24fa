package io.crossfoot.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** The independent reader: what stands in the written files, by an engine that shares no line with ours. */
public final class DuckDb {
    private DuckDb() {}

    /** Returns the rows of a query as text: columns separated by a bar, null as {@code ∅}; the header first. */
    public static List<String> query(String sql) {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            ResultSetMetaData meta = result.getMetaData();
            List<String> lines = new ArrayList<>();
            StringJoiner header = new StringJoiner("|");
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                header.add(meta.getColumnName(i));
            }
            lines.add(header.toString());
            while (result.next()) {
                StringJoiner line = new StringJoiner("|");
                for (int i = 1; i <= meta.getColumnCount(); i++) {
                    String text = result.getString(i);
                    line.add(text == null ? "∅" : text.replace("\n", "\\n").replace("\r", "\\r"));
                }
                lines.add(line.toString());
            }
            return lines;
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Returns the FROM clause for the Parquet files below a folder. */
    public static String parquet(String folder) {
        return "read_parquet('%s/**/*.parquet', hive_partitioning = true, hive_types_autocast = false)"
                .formatted(folder.replace("'", "''"));
    }
}
