package io.crossfoot.quality;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * The tables that rules may refer to.
 *
 * @param tables by the names that rules call them, such as {@code customers}
 * @param joined what a join has found out already; empty for a table that was joined to none
 */
public record References(Map<String, Dataset<Row>> tables, Optional<Joined> joined) {
    /**
     * A join of the judged table.
     *
     * @param table the name of the other table
     * @param keys the columns of the join, under their names in both
     * @param matched whether a row of the judged table has a partner
     */
    public record Joined(String table, List<String> keys, Column matched) {
        /** The join has looked each of these up already. */
        boolean answers(Metric.Referring referring) {
            return referring.other().equals(table)
                    && referring.columns().equals(keys)
                    && referring.otherColumns().equals(keys);
        }
    }

    public References {
        tables = new TreeMap<>(tables);
    }

    /** Tables to which the judged one was not joined. */
    public static References of(Map<String, Dataset<Row>> tables) {
        return new References(tables, Optional.empty());
    }

    /** Returns these tables, the judged one being joined to one of them. */
    public References joined(Joined join) {
        return new References(tables, Optional.of(join));
    }

    /** Returns the columns of the tables, by their names. */
    public Map<String, StructType> columns() {
        return tables.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, table -> table.getValue().schema(), (one, other) -> one, TreeMap::new));
    }
}
