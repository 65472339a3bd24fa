package io.crossfoot.lineage;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Where each column of an output comes from, and what decides which rows there are. It is read from the analysed plan of
 * the output, not from what somebody declared, so it is what Spark does.
 *
 * <pre>
 * output        kind            expression                       sources
 * product_name  identity        sales.product_name               sales.product_name
 * total_amount  transformation  sales.quantity × sales.price     sales.quantity, sales.price
 *
 * rows          join            sales.customer_id = customers.customer_id
 * </pre>
 *
 * Expressions never show a text constant, which might be anybody's; they show names, operators and numbers.
 *
 * @param columns the columns of the output, in order
 * @param rows what decides which rows there are, without a value of it in any column; each once
 */
public record ColumnLineage(List<OutputColumn> columns, List<RowCondition> rows) {
    public ColumnLineage {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /** How a column, or the choice of rows, depends on source columns. */
    public enum Kind {
        /** The value is that of one source column. */
        @JsonProperty("identity")
        IDENTITY,
        /** The value is computed from source columns of one row. */
        @JsonProperty("transformation")
        TRANSFORMATION,
        /** The value is computed from several rows. */
        @JsonProperty("aggregation")
        AGGREGATION,
        /** The value depends on no source. */
        @JsonProperty("constant")
        CONSTANT,
        /** Rows of two tables meet by these columns. */
        @JsonProperty("join")
        JOIN,
        /** Rows stay or go by these columns. */
        @JsonProperty("filter")
        FILTER,
        /** Rows become one by these columns. */
        @JsonProperty("group")
        GROUP,
        /** Of several rows, one is taken by the order of these columns. */
        @JsonProperty("choice")
        CHOICE
    }

    /**
     * A column of the output.
     *
     * @param type as Spark's SQL names it
     * @param expression how it is made, in words
     * @param sources the columns that its values are made of, in the order of their names
     */
    public record OutputColumn(String column, String type, Kind kind, String expression, List<SourceColumn> sources) {
        public OutputColumn {
            sources = List.copyOf(sources);
        }
    }

    /**
     * What decides which rows there are.
     *
     * @param expression the condition, in words
     * @param sources the columns that it looks at, in the order of their names
     */
    public record RowCondition(Kind kind, String expression, List<SourceColumn> sources) {
        public RowCondition {
            sources = List.copyOf(sources);
        }
    }

    /**
     * A table at which the way back ends.
     *
     * @param table what to call it
     * @param rows the frame that the output was made of: this very one, or one that reads the same in the same way
     */
    public record Source(String table, Dataset<Row> rows) {}

    /** Returns what is known of an output of which nothing is known. */
    public static ColumnLineage unknown() {
        return new ColumnLineage(List.of(), List.of());
    }

    /**
     * Returns the lineage of an output. Cost: the plan is written down and read once, milliseconds for each hundred
     * expressions in it; no Spark job.
     */
    public static ColumnLineage of(Dataset<Row> output, List<Source> sources) {
        PlanWalk walk = new PlanWalk();
        for (Source source : sources) {
            walk.endAt(source.table(), AnalysedPlan.of(source.rows()));
        }
        return walk.lineage(AnalysedPlan.of(output), output.schema());
    }
}
