package io.crossfoot.tally;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructType;

/** The rows of one file, added up as they come. */
final class TalliedRows {
    private final Map<String, Sums> sums = new LinkedHashMap<>();
    private final List<Column> columns;
    private final int amount;
    private final DecimalType type;

    /**
     * A column to add up by.
     *
     * @param isDay whether it is a date; a text if not
     */
    private record Column(int place, boolean isDay, Sums sums) {
        Sum of(InternalRow row) {
            if (row.isNullAt(place)) {
                return sums.of(null);
            }
            return sums.of(isDay ? (Object) row.getInt(place) : row.getUTF8String(place));
        }
    }

    /** @param schema of the rows; columns that it lacks are not added up by */
    TalliedRows(StructType schema, String amount, List<String> columns) {
        this.amount = schema.fieldIndex(amount);
        this.type = (DecimalType) schema.fields()[this.amount].dataType();
        this.columns = columns.stream()
                .filter(List.of(schema.fieldNames())::contains)
                .map(name -> column(schema, name))
                .toList();
    }

    private Column column(StructType schema, String name) {
        int place = schema.fieldIndex(name);
        boolean isDay = schema.fields()[place].dataType() instanceof DateType;
        return new Column(place, isDay, sums.computeIfAbsent(name, first -> new Sums()));
    }

    void add(InternalRow row) {
        if (row.isNullAt(amount)) {
            columns.forEach(column -> column.of(row).addNone());
            return;
        }
        BigInteger units = row.getDecimal(amount, type.precision(), type.scale())
                .toJavaBigDecimal()
                .unscaledValue();
        boolean isLong = units.bitLength() < Long.SIZE;
        for (Column column : columns) {
            if (isLong) {
                column.of(row).add(units.longValue());
            } else {
                column.of(row).add(units);
            }
        }
    }

    /** Returns the sums by the names of the columns. */
    Map<String, Sums> sums() {
        return sums;
    }
}
