package io.crossfoot.transform;

import io.crossfoot.source.Identifier;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructType;
import scala.Function1;

/**
 * Adds quantity × price as a decimal that holds every possible product: no rounding, no overflow, no double.
 *
 * <pre>
 * before   quantity INT | price DECIMAL(12,2)      after   … | total_amount DECIMAL(23,2)
 *          2            | 25.50                              | 51.00
 *          null         | 10.00                              | null
 * </pre>
 *
 * The product of DECIMAL(p1,s1) and DECIMAL(p2,s2) is DECIMAL(p1+p2+1,s1+s2), Spark's own rule; whole numbers count as
 * decimals of as many digits as they can have: INT 10, BIGINT 19.
 */
public final class ExactAmount implements Function1<Dataset<Row>, Dataset<Row>> {
    private final String quantity;
    private final String price;
    private final String amount;

    private ExactAmount(String quantity, String price, String amount) {
        this.quantity = quantity;
        this.price = price;
        this.amount = amount;
    }

    /** Returns the product of two columns, as column {@code total_amount}. */
    public static ExactAmount of(String quantity, String price) {
        return new ExactAmount(quantity, price, "total_amount");
    }

    /** Returns this amount as a column of another name. */
    public ExactAmount as(String column) {
        return new ExactAmount(quantity, price, column);
    }

    /** Returns the name of the column that is added. */
    public String column() {
        return amount;
    }

    /**
     * @throws IllegalArgumentException when a column is missing or not exact (a double is not), when the result would
     *     need more than Spark's 38 digits, or when its column is there already
     */
    @Override
    public Dataset<Row> apply(Dataset<Row> rows) {
        Names.require("rows", rows, List.of(quantity, price));
        if (Names.contains(Arrays.asList(rows.columns()), amount)) {
            throw new IllegalArgumentException(
                    "Cannot add the amount: column '%s' is there already; name another".formatted(amount));
        }
        return rows.withColumn(amount, product(rows.schema()));
    }

    /** Returns the product as an expression over rows of this schema. */
    public Column product(StructType schema) {
        DecimalType quantityType = exactType(schema, quantity);
        DecimalType priceType = exactType(schema, price);
        int digits = quantityType.precision() + priceType.precision() + 1;
        if (digits > DecimalType.MAX_PRECISION()) {
            throw new IllegalArgumentException(
                    "Cannot compute '%s' exactly: %s × %s needs %d digits, Spark has %d; give one a smaller type"
                            .formatted(
                                    amount, quantityType.sql(), priceType.sql(), digits, DecimalType.MAX_PRECISION()));
        }
        return Identifier.column(quantity)
                .cast(quantityType)
                .multiply(Identifier.column(price).cast(priceType));
    }

    private DecimalType exactType(StructType schema, String column) {
        DataType type = Arrays.stream(schema.fields())
                .filter(field -> field.name().equalsIgnoreCase(column))
                .findFirst()
                .orElseThrow()
                .dataType();
        if (type instanceof DecimalType decimal) {
            return decimal;
        }
        if (type.equals(DataTypes.LongType)) {
            return DataTypes.createDecimalType(19, 0);
        }
        if (type.equals(DataTypes.IntegerType)) {
            return DataTypes.createDecimalType(10, 0);
        }
        if (type.equals(DataTypes.ShortType)) {
            return DataTypes.createDecimalType(5, 0);
        }
        if (type.equals(DataTypes.ByteType)) {
            return DataTypes.createDecimalType(3, 0);
        }
        throw new IllegalArgumentException(
                "Cannot compute '%s' exactly: column '%s' is %s; give it a decimal or whole-number type"
                        .formatted(amount, column, type.sql()));
    }
}
