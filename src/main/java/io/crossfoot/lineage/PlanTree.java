package io.crossfoot.lineage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/**
 * A plan of Spark, or an expression in one, as the tree that its JSON lists: each node before its children.
 *
 * @param type the simple name of Spark's class
 * @param fields what else the node says of itself
 */
record PlanTree(String type, JsonNode fields, List<PlanTree> children) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static PlanTree parse(String json) {
        try {
            return of(JSON.readTree(json));
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException("Spark's own plan is no JSON", unreadable);
        }
    }

    private static PlanTree of(JsonNode nodes) {
        return new Reader(nodes).next();
    }

    /** Returns the trees that a field holds: one, several, or none. */
    List<PlanTree> trees(String field) {
        JsonNode value = fields.path(field);
        if (!value.isArray() || value.isEmpty()) {
            return List.of();
        }
        if (!value.get(0).isArray()) {
            return List.of(of(value));
        }
        List<PlanTree> trees = new ArrayList<>();
        value.forEach(tree -> trees.add(of(tree)));
        return trees;
    }

    /** Returns by what Spark knows the value of this named expression, in all of its plan. */
    long id() {
        return fields.path("exprId").path("id").asLong(-1);
    }

    String text(String field) {
        return fields.path(field).asText("");
    }

    boolean isAggregateFunction() {
        return fields.path("class").asText().contains(".expressions.aggregate.");
    }

    private static final class Reader {
        private final JsonNode nodes;
        private int position;

        Reader(JsonNode nodes) {
            this.nodes = nodes;
        }

        PlanTree next() {
            JsonNode node = nodes.get(position++);
            String type = node.path("class").asText();
            int count = node.path("num-children").asInt();
            List<PlanTree> children = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                children.add(next());
            }
            return new PlanTree(type.substring(type.lastIndexOf('.') + 1), node, children);
        }
    }
}
