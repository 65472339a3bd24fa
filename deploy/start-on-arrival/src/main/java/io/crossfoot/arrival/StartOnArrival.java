package io.crossfoot.arrival;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import io.crossfoot.arrival.Arrival.Place;
import io.crossfoot.arrival.Arrival.UnreadableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.glue.GlueClient;

/**
 * Starts the workflow once for a batch of events that tell of objects in S3. The events come from a queue.
 *
 * <p>A run reads all that is there when it begins. So an arrival needs a start only if no run has begun since; that makes
 * duplicates, and batches that were cut in pieces, harmless. While a run that began earlier is under way, its arrivals are
 * handed back to the queue, which brings them again. So are messages that are no events, and whatever came while Glue failed:
 * what the queue has brought too often, it moves to its dead-letter queue.
 *
 * <p>Settings, from the environment: {@code WORKFLOW_NAME}, {@code SALES_BUCKET}, {@code SALES_PREFIX}.
 */
public final class StartOnArrival implements RequestHandler<SQSEvent, SQSBatchResponse> {
    /** S3 tells whole seconds, and its clock is not Glue's: a run that began this soon after may have missed the arrival. */
    private static final Duration SETTLING = Duration.ofSeconds(5);

    private final Place sales;
    private final Workflow workflow;

    /** As Lambda starts it. */
    public StartOnArrival() {
        this(
                new Place(setting("SALES_BUCKET"), setting("SALES_PREFIX")),
                new GlueWorkflow(
                        GlueClient.builder()
                                .httpClient(UrlConnectionHttpClient.create())
                                .build(),
                        setting("WORKFLOW_NAME")));
    }

    StartOnArrival(Place sales, Workflow workflow) {
        this.sales = sales;
        this.workflow = workflow;
    }

    private static String setting(String name) {
        return Optional.ofNullable(System.getenv(name))
                .filter(value -> !value.isEmpty())
                .orElseThrow(() -> new IllegalStateException(
                        "Cannot start anything: %s is not set; set it for this function".formatted(name)));
    }

    @Override
    public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
        List<Arrival> arrivals = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        for (SQSMessage message : event.getRecords()) {
            try {
                Arrival.read(message.getMessageId(), message.getBody(), sales).ifPresent(arrivals::add);
            } catch (UnreadableException broken) {
                context.getLogger()
                        .log("cannot read message %s: %s%n".formatted(message.getMessageId(), broken.getMessage()));
                unreadable.add(message.getMessageId());
            }
        }
        Outcome outcome = startFor(arrivals);
        context.getLogger()
                .log("%d messages, %d arrivals: %s%n"
                        .formatted(event.getRecords().size(), arrivals.size(), outcome.told()));
        List<BatchItemFailure> again = Stream.concat(
                        unreadable.stream(), outcome.waiting().stream().map(Arrival::message))
                .map(BatchItemFailure::new)
                .toList();
        return new SQSBatchResponse(again);
    }

    private record Outcome(String told, List<Arrival> waiting) {}

    private Outcome startFor(List<Arrival> arrivals) {
        // there is nothing to ask Glue for
        List<Arrival> unread = arrivals.isEmpty() ? arrivals : unread(arrivals);
        if (unread.isEmpty()) {
            return new Outcome("nothing to start", List.of());
        }
        Optional<String> run = workflow.start();
        if (run.isPresent()) {
            return new Outcome("started " + run.get(), List.of());
        }
        // who was faster may have started the very run that is wanted here
        List<Arrival> waiting = unread(unread);
        return new Outcome("a run is under way, %d arrivals wait for its end".formatted(waiting.size()), waiting);
    }

    /** Returns those that no run can have read. */
    private List<Arrival> unread(List<Arrival> arrivals) {
        Instant start = workflow.lastStart().orElse(Instant.MIN);
        return arrivals.stream()
                .filter(arrival -> arrival.time().plus(SETTLING).isAfter(start))
                .toList();
    }
}
