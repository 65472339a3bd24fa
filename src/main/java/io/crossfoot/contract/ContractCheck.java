package io.crossfoot.contract;

import io.crossfoot.error.NearMiss;
import io.crossfoot.error.ShapeException;
import io.crossfoot.error.UsageException;
import io.crossfoot.source.SourcePart;
import io.crossfoot.source.SourceTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Lays a contract against a source. Columns meet by name, whatever their case and order, in each part of the source by
 * itself.
 *
 * @param contract what the table must look like
 * @param renames column of the source → column of the contract
 * @param extraColumns what becomes of columns that the contract does not name
 * @param required columns of the contract that a source must have even if their values may be null: the keys of a join
 */
public record ContractCheck(
        Contract contract, Map<String, String> renames, ExtraColumns extraColumns, List<String> required) {
    /** @throws UsageException when a rename leads to a column that the contract does not have */
    public ContractCheck {
        Map<String, String> spelled = new HashMap<>();
        renames.forEach((source, name) ->
                spelled.put(source, contract.column(name).map(StructField::name).orElse(name)));
        renames = Map.copyOf(spelled);
        required = List.copyOf(required);
        List<String> problems = renames.values().stream()
                .filter(name -> contract.column(name).isEmpty())
                .sorted()
                .map(name -> "Cannot rename a column of %s to '%s': the contract has no such column%s"
                        .formatted(contract.table(), name, NearMiss.hint(name, contract.names())))
                .toList();
        if (!problems.isEmpty()) {
            throw new UsageException(problems);
        }
    }

    /** Returns the columns of the contract under the names that they may have in a source. */
    public StructType expected() {
        StructType expected = new StructType();
        for (String name : expectedColumns()) {
            StructField column =
                    contract.column(renames.getOrDefault(name, name)).orElseThrow();
            expected = expected.add(name, column.dataType());
        }
        return expected;
    }

    /** Returns the names under which the columns of the contract may stand in a source. */
    List<String> expectedColumns() {
        return Stream.concat(
                        contract.names().stream().filter(name -> !renames.containsValue(name)),
                        renames.keySet().stream().sorted())
                .toList();
    }

    /**
     * Returns the rows of a source, typed and judged.
     *
     * @throws ShapeException when a NOT NULL column is missing, a type cannot be converted, or a column is extra and
     *     refused: all problems of all parts at once
     */
    public CheckedTable check(SourceTable source, SparkSession spark) {
        List<String> problems = new ArrayList<>();
        List<Map<String, StructField>> bindings = new ArrayList<>();
        for (SourcePart part : source.parts()) {
            bindings.add(bind(part, problems));
        }
        renames.keySet().stream()
                .filter(name -> !source.parts().isEmpty()
                        && source.parts().stream()
                                .allMatch(part -> find(part, name).isEmpty()))
                .sorted()
                .map(name -> "Cannot rename column '%s' of %s: there is no such column%s"
                        .formatted(
                                name,
                                contract.table(),
                                NearMiss.hint(name, names(source.parts().get(0)))))
                .forEach(problems::add);
        Map<String, DataType> extra = extra(source.parts(), bindings, problems);
        if (!problems.isEmpty()) {
            throw new ShapeException(problems);
        }
        StructType kept = new StructType();
        if (extraColumns == ExtraColumns.KEEP) {
            for (Map.Entry<String, DataType> column : extra.entrySet()) {
                kept = kept.add(column.getKey(), column.getValue());
            }
        }
        Dataset<Row> described = null;
        for (int i = 0; i < bindings.size(); i++) {
            Dataset<Row> part = new PartCheck(this, bindings.get(i), kept)
                    .describe(source.parts().get(i));
            described = described == null ? part : described.union(part);
        }
        if (described == null) {
            // not a list: Spark would compute on it while it plans, and observe nothing
            described = spark.createDataFrame(
                    JavaSparkContext.fromSparkContext(spark.sparkContext()).<Row>emptyRDD(),
                    PartCheck.describedSchema(contract, kept));
        }
        return new CheckedTable(described, missing(source.parts(), bindings), List.copyOf(extra.keySet()));
    }

    /** Finds the source column of each contract column; columns that are nullable may be missing. */
    private Map<String, StructField> bind(SourcePart part, List<String> problems) {
        Map<String, StructField> binding = new LinkedHashMap<>();
        for (StructField column : contract.columns().fields()) {
            List<StructField> candidates = expectedColumns().stream()
                    .filter(name -> renames.getOrDefault(name, name).equals(column.name()))
                    .flatMap(name -> find(part, name).stream())
                    .toList();
            if (candidates.size() > 1) {
                problems.add("Cannot read %s: columns '%s' and '%s' both stand for '%s' (in %s)"
                        .formatted(
                                contract.table(),
                                candidates.get(0).name(),
                                candidates.get(1).name(),
                                column.name(),
                                part.place()));
            } else if (candidates.isEmpty()) {
                missing(part, column).ifPresent(problems::add);
            } else {
                StructField found = candidates.get(0);
                binding.put(column.name(), found);
                if (!Conversion.isPossible(found.dataType(), column.dataType())) {
                    problems.add("Cannot read %s: column '%s' is %s, contract says %s (in %s)"
                            .formatted(
                                    contract.table(),
                                    found.name(),
                                    found.dataType().sql(),
                                    column.dataType().sql(),
                                    part.place()));
                }
            }
        }
        return binding;
    }

    private Optional<String> missing(SourcePart part, StructField column) {
        return column.nullable() && required.stream().noneMatch(column.name()::equalsIgnoreCase)
                ? Optional.empty()
                : Optional.of("Cannot read %s: column '%s' is missing%s (found: %s; in %s)"
                        .formatted(
                                contract.table(),
                                column.name(),
                                NearMiss.hint(column.name(), names(part)),
                                String.join(", ", names(part)),
                                part.place()));
    }

    private Map<String, DataType> extra(
            List<SourcePart> parts, List<Map<String, StructField>> bindings, List<String> problems) {
        Map<String, DataType> extra = new LinkedHashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            for (StructField column : parts.get(i).columns().fields()) {
                if (bindings.get(i).containsValue(column)) {
                    continue;
                }
                String name = extra.keySet().stream()
                        .filter(column.name()::equalsIgnoreCase)
                        .findFirst()
                        .orElse(column.name());
                // where files disagree on a type, text holds them all
                extra.merge(name, column.dataType(), (left, right) -> left.equals(right) ? left : DataTypes.StringType);
                if (extraColumns == ExtraColumns.REFUSE) {
                    problems.add("Cannot read %s: column '%s' is not in the contract%s (in %s)"
                            .formatted(
                                    contract.table(),
                                    column.name(),
                                    NearMiss.hint(column.name(), contract.names()),
                                    parts.get(i).place()));
                }
            }
        }
        return extra;
    }

    private List<String> missing(List<SourcePart> parts, List<Map<String, StructField>> bindings) {
        Set<String> missing = new LinkedHashSet<>();
        for (int i = 0; i < parts.size(); i++) {
            for (String name : contract.names()) {
                if (!bindings.get(i).containsKey(name)) {
                    missing.add(name);
                }
            }
        }
        return List.copyOf(missing);
    }

    private static Optional<StructField> find(SourcePart part, String name) {
        return Stream.of(part.columns().fields())
                .filter(column -> column.name().equalsIgnoreCase(name))
                .findFirst();
    }

    private static List<String> names(SourcePart part) {
        return List.of(part.columns().fieldNames());
    }
}
