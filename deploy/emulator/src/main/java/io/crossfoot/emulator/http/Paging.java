package io.crossfoot.emulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Long lists in pages: {@code MaxResults} in, {@code NextToken} in and out. */
public final class Paging {
    private Paging() {}

    /** Returns the page that a call asks for, under the name that its result has. */
    public static ObjectNode page(Call call, String name, List<? extends JsonNode> all, int largest) {
        int size = call.number("MaxResults", 1, largest).orElse(largest);
        int from = start(call, all.size());
        int to = Math.min(all.size(), from + size);
        ObjectNode page = Json.object();
        ArrayNode items = page.putArray(name);
        items.addAll(all.subList(from, to));
        if (to < all.size()) {
            page.put("NextToken", Integer.toString(to));
        }
        return page;
    }

    private static int start(Call call, int size) {
        String token = call.text("NextToken").orElse("0");
        if (!token.matches("\\d{1,9}") || Integer.parseInt(token) > size) {
            throw call.invalid("NextToken '%s' is not one that an earlier page gave".formatted(token));
        }
        return Integer.parseInt(token);
    }
}
