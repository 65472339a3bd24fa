package io.crossfoot.transform;

import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sha2;

import io.crossfoot.source.Identifier;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What an output holds in its personal columns. Names, types and order of columns stay as they are, but for those that are
 * {@linkplain Dropped dropped}.
 *
 * <pre>
 * rows         name | region       masked  name | region       dropped  region
 *              Ann  | North                null | North                 North
 * </pre>
 */
public sealed interface PersonalValues {
    /** Returns rows with what is to stand in the columns of these names, in any case; others are untouched. */
    default Dataset<Row> in(Dataset<Row> rows, Set<String> personal) {
        return rows.select(Arrays.stream(rows.schema().fields())
                .flatMap(field -> {
                    Column value = Identifier.column(field.name());
                    boolean isPersonal = personal.stream().anyMatch(field.name()::equalsIgnoreCase);
                    // the cast keeps the type where there is no value
                    return isPersonal
                            ? instead(value)
                                    .map(other -> other.cast(field.dataType()).as(field.name()))
                                    .stream()
                            : Stream.of(value);
                })
                .toArray(Column[]::new));
    }

    /** Returns what stands in the place of a value; empty where there is no such column. */
    Optional<Column> instead(Column value);

    /** The values. */
    record Kept() implements PersonalValues {
        @Override
        public Dataset<Row> in(Dataset<Row> rows, Set<String> personal) {
            return rows;
        }

        @Override
        public Optional<Column> instead(Column value) {
            return Optional.of(value);
        }
    }

    /** Nothing: null. */
    record Masked() implements PersonalValues {
        @Override
        public Optional<Column> instead(Column value) {
            return Optional.of(lit(null));
        }
    }

    /** Nothing: there are no such columns. */
    record Dropped() implements PersonalValues {
        @Override
        public Optional<Column> instead(Column value) {
            return Optional.empty();
        }
    }

    /**
     * The SHA-256 of salt, a colon and the value, in UTF-8, as 64 small hexadecimal digits; null of null. Equal values have
     * equal hashes as long as the salt is the same; who knows the salt can find a value by trying. Columns are strings.
     */
    record Hashed(String salt) implements PersonalValues {
        @Override
        public Optional<Column> instead(Column value) {
            return Optional.of(sha2(concat(lit(salt + ":"), value).cast("binary"), 256));
        }

        /** Does not tell the salt. */
        @Override
        public String toString() {
            return "Hashed[salt=…]";
        }
    }
}
