package io.crossfoot.arrival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfoot.arrival.Arrival.Place;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StartOnArrivalTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant ARRIVED = Instant.parse("2026-11-24T10:00:00Z");

    private final Glue glue = new Glue();
    private final StartOnArrival function = new StartOnArrival(new Place("raw-data-shop1", "sales/"), glue);

    @Test
    void startsTheWorkflowWhenSalesArrive() throws Exception {
        assertThat(handle(event())).isEqualTo("{\"batchItemFailures\":[]}");

        assertThat(glue.runs).hasSize(1);
    }

    @Test
    void startsItOnceForABatch() throws Exception {
        ObjectNode event = event();
        IntStream.range(1, 1_000)
                .forEach(i -> event.withArray("Records").add(record(event).put("messageId", "m" + i)));

        assertThat(handle(event)).isEqualTo("{\"batchItemFailures\":[]}");

        assertThat(glue.runs).hasSize(1);
    }

    @Test
    void ignoresWhatARunThatBeganLaterHasRead() throws Exception {
        handle(event());
        glue.underWay = false;

        handle(event());

        assertThat(glue.runs).hasSize(1);
    }

    @Test
    void startsAgainForWhatArrivedAsTheRunBegan() throws Exception {
        glue.runs.add(ARRIVED.plusSeconds(4));

        handle(event());

        assertThat(glue.runs).hasSize(2);
    }

    @Test
    void handsBackWhatArrivedWhileARunIsUnderWay() throws Exception {
        glue.runs.add(ARRIVED.minusSeconds(60));
        glue.underWay = true;

        assertThat(handle(event()))
                .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"059f36b4-87a3-44ab-83d2-661975830a7d\"}]}");

        glue.underWay = false;
        assertThat(handle(event())).isEqualTo("{\"batchItemFailures\":[]}");
        assertThat(glue.runs).hasSize(2);
    }

    @Test
    void leavesTheRunToAnotherBatchThatWasFaster() throws Exception {
        glue.faster = Optional.of(ARRIVED.plusSeconds(300));

        assertThat(handle(event())).isEqualTo("{\"batchItemFailures\":[]}");
    }

    @Test
    void ignoresWhatIsNoFileOfSales() throws Exception {
        for (String key : List.of(
                "customers/c.csv",
                "sales/",
                "sales/day=24/",
                "sales/_SUCCESS",
                "sales/_temporary/0/part-0.csv",
                "sales/.crc",
                "salesforce.csv")) {
            assertThat(handle(event("/detail/object", "key", key))).isEqualTo("{\"batchItemFailures\":[]}");
        }
        handle(event("/detail/bucket", "name", "processed-data-shop1"));
        handle(event("", "detail-type", "Object Deleted"));
        handle(event("", "source", "aws.glue"));

        assertThat(glue.runs).isEmpty();
    }

    @Test
    void handsBackWhatItCannotRead() throws Exception {
        ObjectNode event = event();
        List<String> wrong =
                List.of("", "no event", "[]", "{\"time\": \"today\"}", body(event("/detail/object", "key", "")));
        wrong.forEach(body -> event.withArray("Records")
                .add(record(event).put("messageId", "wrong").put("body", body)));

        String answer = handle(event);

        assertThat(JSON.readTree(answer).findValuesAsText("itemIdentifier"))
                .containsOnly("wrong")
                .hasSize(5);
        assertThat(glue.runs).hasSize(1);
    }

    @Test
    void failsAsAWholeWhenGlueDoes() {
        glue.broken = true;

        assertThatThrownBy(() -> handle(event())).hasMessage("Rate exceeded");
    }

    // ---- events as Lambda hands them over, by AWS's own reader and writer

    private String handle(ObjectNode event) throws IOException {
        ClassLoader loader = getClass().getClassLoader();
        SQSEvent read =
                LambdaEventSerializers.serializerFor(SQSEvent.class, loader).fromJson(event.toString());
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        LambdaEventSerializers.serializerFor(SQSBatchResponse.class, loader)
                .toJson(function.handleRequest(read, new TestContext()), written);
        return written.toString(StandardCharsets.UTF_8);
    }

    private static ObjectNode event() throws IOException {
        try (InputStream file = StartOnArrivalTest.class.getResourceAsStream("arrived.json")) {
            return (ObjectNode) JSON.readTree(file);
        }
    }

    /** Returns the event with another value inside of its body. */
    private static ObjectNode event(String place, String field, String value) throws IOException {
        ObjectNode event = event();
        ObjectNode body = (ObjectNode) JSON.readTree(body(event));
        ((ObjectNode) body.at(place)).put(field, value);
        ((ObjectNode) event.at("/Records/0")).put("body", body.toString());
        return event;
    }

    private static ObjectNode record(ObjectNode event) {
        return event.at("/Records/0").deepCopy();
    }

    private static String body(ObjectNode event) {
        return event.at("/Records/0/body").textValue();
    }

    /** A workflow with one run at a time. Its clock stands at five minutes after the arrival. */
    private static final class Glue implements Workflow {
        private final List<Instant> runs = new ArrayList<>();
        private Optional<Instant> faster = Optional.empty();
        private boolean underWay;
        private boolean broken;

        @Override
        public Optional<Instant> lastStart() {
            if (broken) {
                throw new IllegalStateException("Rate exceeded");
            }
            return runs.isEmpty() ? Optional.empty() : Optional.of(runs.get(runs.size() - 1));
        }

        @Override
        public Optional<String> start() {
            if (faster.isPresent()) {
                runs.add(faster.get());
                return Optional.empty();
            }
            if (underWay) {
                return Optional.empty();
            }
            underWay = true;
            runs.add(ARRIVED.plusSeconds(300));
            return Optional.of("wr_" + runs.size());
        }
    }
}
