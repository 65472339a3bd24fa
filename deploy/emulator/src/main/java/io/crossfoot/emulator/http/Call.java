package io.crossfoot.emulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * One request of the JSON 1.1 protocol.
 *
 * @param region the region that the request was signed for
 * @param target service and operation, as the header {@code X-Amz-Target} has them: {@code AWSGlue.StartCrawler}
 */
public record Call(String region, String target, ObjectNode input) {
    /** Returns this call with other input. */
    public Call with(ObjectNode other) {
        return new Call(region, target, other);
    }

    /** Returns another call of the same caller. */
    public Call to(String otherTarget, ObjectNode otherInput) {
        return new Call(region, otherTarget, otherInput);
    }

    /** Returns a text that must be there and must not be empty. */
    public String required(String field) {
        return text(field).filter(text -> !text.isEmpty()).orElseThrow(() -> invalid(field + " must not be empty"));
    }

    /** Returns a text; a field of another type is an error. */
    public Optional<String> text(String field) {
        return present(field).map(node -> {
            if (!node.isTextual()) {
                throw serialization(field, "a string");
            }
            return node.textValue();
        });
    }

    /** Returns a whole number within its limits, which are AWS's. */
    public Optional<Integer> number(String field, int least, int most) {
        return present(field).map(node -> {
            if (!node.isIntegralNumber()) {
                throw serialization(field, "an integer");
            }
            if (node.longValue() < least || node.longValue() > most) {
                throw invalid("%s is %s, and must be from %d to %d".formatted(field, node, least, most));
            }
            return node.intValue();
        });
    }

    /** Returns the texts of a list; none when it is not there. */
    public List<String> texts(String field) {
        JsonNode list = present(field).orElseGet(input::arrayNode);
        if (!(list instanceof ArrayNode)) {
            throw serialization(field, "a list");
        }
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    /** Returns an object; an empty one when it is not there. */
    public ObjectNode object(String field) {
        JsonNode node = present(field).orElseGet(input::objectNode);
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw serialization(field, "a structure");
    }

    /** Returns the error that the service of this call has for a wrong value. */
    public AwsError invalid(String message) {
        return target.startsWith("AmazonAthena") ? AwsError.invalidRequest(message) : AwsError.invalidInput(message);
    }

    private Optional<JsonNode> present(String field) {
        return Optional.ofNullable(input.get(field)).filter(node -> !node.isNull());
    }

    private static AwsError serialization(String field, String type) {
        return AwsError.of("SerializationException", "%s is not %s".formatted(field, type));
    }
}
