package io.crossfoot.lineage;

import io.crossfoot.lineage.ColumnLineage.Kind;
import io.crossfoot.lineage.ColumnLineage.OutputColumn;
import io.crossfoot.lineage.ColumnLineage.RowCondition;
import io.crossfoot.source.SourcePart;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Follows values through a plan from its sources to its output, by the ids that Spark gives them. */
final class PlanWalk {
    private static final String OURS = "_crossfoot_";
    private static final Set<String> CONVERSIONS = Set.of("Cast", "CaseWhen", "Coalesce", "If", "StringTrim");

    private final Map<Long, Derivation> known = new HashMap<>();
    private final Map<List<String>, SourceColumn> spellings = new HashMap<>();
    private final Set<Long> sources = new HashSet<>();
    private final List<End> ends = new ArrayList<>();
    private List<LogicalPlan> nodes = List.of();
    private int visited;
    private final Map<List<Object>, RowCondition> conditions = new LinkedHashMap<>();
    private final ExpressionWords words = new ExpressionWords(this::name);

    /** A plan at which the way back ends, and what its columns are. */
    private record End(LogicalPlan plan, List<Derivation> columns) {}

    /** Makes the columns of a plan those at which the way back ends. */
    void endAt(String table, AnalysedPlan plan) {
        List<PlanTree> columns = new PlanWalk().visit(plan.tree());
        End end = new End(
                plan.root(),
                columns.stream()
                        .map(column -> source(table, column.text("name")))
                        .toList());
        ends.add(end);
        end(columns, end);
    }

    private void end(List<PlanTree> columns, End end) {
        for (int i = 0; i < columns.size(); i++) {
            known.put(columns.get(i).id(), end.columns().get(i));
            sources.add(columns.get(i).id());
        }
    }

    /** A frame that meets itself in a join or a union is there twice, and the second time under other ids. */
    private void endAtTwin(int place, List<PlanTree> columns) {
        if (place >= nodes.size() || columns.stream().allMatch(column -> sources.contains(column.id()))) {
            return;
        }
        LogicalPlan node = nodes.get(place);
        List<End> same = ends.stream()
                .filter(end -> end.plan().getClass() == node.getClass()
                        && end.columns().size() == columns.size()
                        && end.plan().sameResult(node))
                .toList();
        if (same.size() == 1) {
            end(columns, same.get(0));
        }
    }

    /** Files may spell a name in capitals and small letters: it is one column, called as the first of them calls it. */
    private SourceColumn spelled(String table, String column) {
        return spellings.computeIfAbsent(
                List.of(table, column.toLowerCase(Locale.ROOT)), key -> new SourceColumn(table, column));
    }

    private Derivation source(String table, String column) {
        if (column.startsWith(SourcePart.TYPED)) {
            String value = column.substring(SourcePart.TYPED.length());
            return Derivation.identity(spelled(table, value)).converted();
        }
        return column.startsWith(OURS)
                ? Derivation.constant(plain(column))
                : Derivation.identity(spelled(table, column));
    }

    ColumnLineage lineage(AnalysedPlan plan, StructType schema) {
        nodes = plan.nodes();
        List<PlanTree> outputs = visit(plan.tree());
        List<OutputColumn> columns = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            columns.add(column(schema.fields()[i], derivation(outputs.get(i))));
        }
        return new ColumnLineage(columns, List.copyOf(conditions.values()));
    }

    private static OutputColumn column(StructField field, Derivation made) {
        boolean isConversion = made.kind() == Kind.TRANSFORMATION && isOneSource(made);
        String expression = isConversion
                ? "%s as %s".formatted(made.words(), field.dataType().sql())
                : made.words();
        return new OutputColumn(
                field.name(), field.dataType().sql(), made.kind(), expression, List.copyOf(made.sources()));
    }

    private static boolean isOneSource(Derivation made) {
        return made.sources().size() == 1
                && made.words().equals(made.sources().first().toString());
    }

    /** Returns the columns of a node, as attributes or aliases, after all below it is known. */
    private List<PlanTree> visit(PlanTree node) {
        int place = visited++;
        List<PlanTree> columns = columns(node);
        endAtTwin(place, columns);
        return columns;
    }

    private List<PlanTree> columns(PlanTree node) {
        List<List<PlanTree>> below = node.children().stream().map(this::visit).toList();
        return switch (node.type()) {
            case "Project" -> defined(node.trees("projectList"));
            case "Aggregate" -> {
                node.trees("groupingExpressions").forEach(key -> condition(Kind.GROUP, key));
                yield defined(node.trees("aggregateExpressions"));
            }
            case "Filter" -> {
                node.trees("condition").forEach(condition -> condition(Kind.FILTER, condition));
                yield below.get(0);
            }
            case "Join" -> {
                node.trees("condition").forEach(condition -> condition(Kind.JOIN, condition));
                String joinType = node.fields().path("joinType").toString();
                boolean onlyLeft = joinType.contains("LeftSemi") || joinType.contains("LeftAnti");
                yield onlyLeft ? below.get(0) : joined(below);
            }
            case "Union" -> united(below);
            case "Window" -> joined(List.of(below.get(0), defined(node.trees("windowExpressions"))));
            case "Generate" -> joined(List.of(below.get(0), generated(node)));
            case "Deduplicate" -> {
                node.trees("keys").forEach(key -> condition(Kind.GROUP, key));
                yield below.get(0);
            }
            case "Expand" -> repeated(node.trees("output"), joined(below));
            case "SerializeFromObject" -> coded(node.trees("serializer"), joined(below));
            default -> {
                List<PlanTree> own = Stream.of("output", "outputObjAttr")
                        .flatMap(field -> node.trees(field).stream())
                        .toList();
                yield own.isEmpty() ? joined(below) : coded(own, joined(below));
            }
        };
    }

    /** Each column of a generator, such as explode, is made of all that it is given. */
    private List<PlanTree> generated(PlanTree node) {
        List<PlanTree> columns = node.trees("generatorOutput");
        for (PlanTree generator : node.trees("generator")) {
            Derivation made = derive(generator);
            columns.forEach(column -> known.put(column.id(), made));
        }
        return columns;
    }

    /** Spark repeats rows for a rollup: its columns have the names of those below, and their values or none. */
    private List<PlanTree> repeated(List<PlanTree> columns, List<PlanTree> below) {
        for (PlanTree column : columns) {
            below.stream()
                    .filter(other -> other.text("name").equals(column.text("name")))
                    .map(this::derivation)
                    .reduce(Derivation::or)
                    .ifPresent(made -> known.putIfAbsent(column.id(), made.converted()));
        }
        return columns;
    }

    /** What code of the user makes of a row is not in the plan: each column may come from all that the row has. */
    private List<PlanTree> coded(List<PlanTree> columns, List<PlanTree> below) {
        List<Derivation> from = below.stream().map(this::derivation).toList();
        if (!from.isEmpty()) {
            columns.forEach(column -> known.putIfAbsent(
                    column.id(), Derivation.computed(Kind.TRANSFORMATION, plain(column.text("name")), from)));
        }
        return columns;
    }

    private static List<PlanTree> joined(List<List<PlanTree>> columns) {
        return columns.stream().flatMap(List::stream).toList();
    }

    /** The first part lends its ids to the whole. */
    private List<PlanTree> united(List<List<PlanTree>> parts) {
        List<PlanTree> first = parts.get(0);
        for (int i = 0; i < first.size(); i++) {
            int column = i;
            parts.stream()
                    .map(part -> derivation(part.get(column)))
                    .reduce(Derivation::or)
                    .ifPresent(made -> known.put(first.get(column).id(), made));
        }
        return first;
    }

    private List<PlanTree> defined(List<PlanTree> columns) {
        for (PlanTree column : columns) {
            if (!column.type().equals("AttributeReference") && !sources.contains(column.id())) {
                known.put(column.id(), derive(column));
            }
        }
        return columns;
    }

    private void condition(Kind kind, PlanTree expression) {
        condition(kind, words.of(expression), derive(expression));
    }

    private void condition(Kind kind, String expression, Derivation made) {
        if (!made.sources().isEmpty()) {
            List<SourceColumn> columns = List.copyOf(made.sources());
            conditions.putIfAbsent(List.of(kind, columns), new RowCondition(kind, expression, columns));
        }
    }

    private Derivation derivation(PlanTree column) {
        return known.getOrDefault(column.id(), Derivation.constant(plain(column.text("name"))));
    }

    private Derivation derive(PlanTree expression) {
        if (expression.type().equals("AttributeReference")) {
            return derivation(expression);
        }
        List<Derivation> from = expression.children().stream().map(this::derive).toList();
        return switch (expression.type()) {
            case "Alias", "AggregateExpression", "KnownNotNull" -> from.get(0);
            case "CreateNamedStruct" -> Derivation.struct(everySecond(from), words.of(expression));
            case "GetStructField" -> field(expression, from.get(0));
            case "Max", "Min" -> extreme(expression, from.get(0));
            default -> computed(expression, from);
        };
    }

    private Derivation computed(PlanTree expression, List<Derivation> from) {
        Kind kind = expression.isAggregateFunction() ? Kind.AGGREGATION : Kind.TRANSFORMATION;
        Derivation made = Derivation.computed(kind, words.of(expression), from);
        boolean converts =
                CONVERSIONS.contains(expression.type()) && made.sources().size() == 1;
        return converts ? Derivation.identity(made.sources().first()).converted() : made;
    }

    /** The greatest of several structs is one of them, whole: the fields pass as they are. */
    private Derivation extreme(PlanTree expression, Derivation made) {
        if (made.fields().isEmpty()) {
            return computed(expression, List.of(made));
        }
        String order = made.sources().stream().map(SourceColumn::toString).collect(Collectors.joining(", "));
        condition(Kind.CHOICE, "one row by the order of " + order, made);
        return made;
    }

    private static Derivation field(PlanTree expression, Derivation struct) {
        int ordinal = expression.fields().path("ordinal").asInt();
        return ordinal < struct.fields().size() ? struct.fields().get(ordinal) : struct.converted();
    }

    /** A named struct lists names and values in turn. */
    private static List<Derivation> everySecond(List<Derivation> from) {
        List<Derivation> values = new ArrayList<>();
        for (int i = 1; i < from.size(); i += 2) {
            values.add(from.get(i));
        }
        return values;
    }

    private String name(PlanTree attribute) {
        Derivation made = derivation(attribute);
        if (made.sources().size() == 1) {
            return made.sources().first().toString();
        }
        List<String> tables =
                made.sources().stream().map(SourceColumn::table).distinct().toList();
        String name = plain(attribute.text("name"));
        return tables.size() == 1 ? tables.get(0) + " " + name : name;
    }

    private static String plain(String name) {
        return name.startsWith(OURS) ? name.substring(OURS.length()).replace('_', ' ') : name;
    }
}
