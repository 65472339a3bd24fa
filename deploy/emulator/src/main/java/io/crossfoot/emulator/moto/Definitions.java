package io.crossfoot.emulator.moto;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfoot.emulator.http.Call;
import io.crossfoot.emulator.http.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.StreamSupport;

/**
 * Glue's jobs, crawlers or triggers, which moto can create and delete but not update: an update is both, under a lock,
 * with the tags carried over. When each was first created is remembered here, and so are fields that moto loses.
 */
public final class Definitions {
    private record Name(String region, String name) {}

    private static final String ACCOUNT = "123456789012";

    private final Map<Name, JsonNode> created = new ConcurrentHashMap<>();
    private final Map<Name, ObjectNode> remembered = new ConcurrentHashMap<>();
    private final Moto moto;
    private final String kind;
    private final List<String> lost;

    /** @param kind as in the names of the operations: {@code Job}, {@code Crawler} or {@code Trigger} */
    public Definitions(Moto moto, String kind) {
        this(moto, kind, List.of());
    }

    /** @param lost the fields that moto loses */
    public Definitions(Moto moto, String kind, List<String> lost) {
        this.moto = moto;
        this.kind = kind;
        this.lost = lost;
    }

    /** Creates one, as the caller has it. */
    public ObjectNode create(Call call) {
        ObjectNode answer = moto.call(call);
        remember(call.region(), call.required("Name"), call.input());
        return answer;
    }

    /** Returns one definition. */
    public ObjectNode find(String region, String name) {
        return corrected(region, (ObjectNode)
                moto.call(region, "AWSGlue.Get" + kind, Json.object().put(nameField(), name))
                        .get(kind));
    }

    /** Puts another definition in the place of one. */
    public synchronized void replace(String region, String name, ObjectNode definition) {
        ObjectNode old = find(region, name);
        ObjectNode next = definition.deepCopy().put("Name", name);
        ObjectNode tags = tags(region, name);
        if (!tags.isEmpty()) {
            next.set("Tags", tags);
        }
        Optional.ofNullable(old.get(createdField()))
                .ifPresent(moment -> created.putIfAbsent(new Name(region, name), moment));
        moto.call(region, "AWSGlue.Delete" + kind, Json.object().put(nameField(), name));
        moto.call(region, "AWSGlue.Create" + kind, next);
        remember(region, name, next);
    }

    private void remember(String region, String name, ObjectNode definition) {
        remembered.put(new Name(region, name), definition.deepCopy().retain(lost));
    }

    /** Forgets what is remembered of one that was deleted. */
    public void forget(String region, String name) {
        created.remove(new Name(region, name));
        remembered.remove(new Name(region, name));
    }

    /** Answers an operation that returns one definition. */
    public JsonNode answer(Call call) {
        ObjectNode answer = moto.call(call);
        corrected(call.region(), (ObjectNode) answer.get(kind));
        return answer;
    }

    /** Answers an operation that returns many. */
    public JsonNode answerAll(Call call) {
        ObjectNode answer = moto.call(call);
        StreamSupport.stream(answer.path(kind + "s").spliterator(), false)
                .forEach(definition -> corrected(call.region(), (ObjectNode) definition));
        return answer;
    }

    private ObjectNode corrected(String region, ObjectNode definition) {
        Name name = new Name(region, definition.path("Name").asText());
        definition.setAll(remembered.getOrDefault(name, Json.object()));
        JsonNode moment = created.get(name);
        if (moment != null) {
            definition.set(createdField(), moment);
        }
        return definition;
    }

    private ObjectNode tags(String region, String name) {
        String arn = "arn:aws:glue:%s:%s:%s/%s".formatted(region, ACCOUNT, kind.toLowerCase(Locale.ROOT), name);
        return moto.call(region, "AWSGlue.GetTags", Json.object().put("ResourceArn", arn))
                .withObject("/Tags");
    }

    private String nameField() {
        return kind.equals("Job") ? "JobName" : "Name";
    }

    private String createdField() {
        return kind.equals("Job") ? "CreatedOn" : "CreationTime";
    }
}
