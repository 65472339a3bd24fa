package io.crossfoot.transform;

import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sha2;

import io.crossfoot.source.Identifier;
import java.util.Arrays;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What an output holds in its personal columns. Names, order and number of the columns stay as they are. */
public sealed interface PersonalValues {
    /** Returns rows with what is to stand in the columns of these names, in any case; others are untouched. */
    default Dataset<Row> in(Dataset<Row> rows, Set<String> personal) {
        return rows.select(Arrays.stream(rows.schema().fields())
                .map(field -> {
                    Column value = Identifier.column(field.name());
                    boolean isPersonal = personal.stream().anyMatch(field.name()::equalsIgnoreCase);
                    // the cast keeps the type where there is no value
                    return isPersonal ? instead(value).cast(field.dataType()).as(field.name()) : value;
                })
                .toArray(Column[]::new));
    }

    /** Returns what stands in the place of a value. */
    Column instead(Column value);

    /** The values. */
    record Kept() implements PersonalValues {
        @Override
        public Dataset<Row> in(Dataset<Row> rows, Set<String> personal) {
            return rows;
        }

        @Override
        public Column instead(Column value) {
            return value;
        }
    }

    /** Nothing: null. */
    record Masked() implements PersonalValues {
        @Override
        public Column instead(Column value) {
            return lit(null);
        }
    }

    /**
     * The SHA-256 of salt, a colon and the value, in UTF-8, as 64 small hexadecimal digits; null of null. Equal values have
     * equal hashes as long as the salt is the same; who knows the salt can find a value by trying. Columns are strings.
     */
    record Hashed(String salt) implements PersonalValues {
        @Override
        public Column instead(Column value) {
            return sha2(concat(lit(salt + ":"), value).cast("binary"), 256);
        }

        /** Does not tell the salt. */
        @Override
        public String toString() {
            return "Hashed[salt=…]";
        }
    }
}
