package io.crossfoot.emulator;

import io.crossfoot.emulator.athena.Athena;
import io.crossfoot.emulator.catalog.DataCatalog;
import io.crossfoot.emulator.catalog.Rulesets;
import io.crossfoot.emulator.catalog.Untouched;
import io.crossfoot.emulator.crawlers.Crawlers;
import io.crossfoot.emulator.functions.Lambda;
import io.crossfoot.emulator.http.Endpoint;
import io.crossfoot.emulator.http.Operations;
import io.crossfoot.emulator.jobs.Jobs;
import io.crossfoot.emulator.logs.Logs;
import io.crossfoot.emulator.moto.Moto;
import io.crossfoot.emulator.moto.MotoServer;
import io.crossfoot.emulator.moto.Python;
import io.crossfoot.emulator.quality.DataQuality;
import io.crossfoot.emulator.workflows.Timetable;
import io.crossfoot.emulator.workflows.Workflows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The emulated AWS: moto for what it can do, and the endpoint in front of it, which does the work that moto only claims. */
public final class Emulator implements AutoCloseable {
    private final MotoServer server;
    private final Endpoint endpoint;
    private final ExecutorService executor;
    private final ScheduledExecutorService timer;
    private final Path work;
    private final AtomicBoolean closing = new AtomicBoolean();

    private Emulator(
            MotoServer server, Endpoint endpoint, ExecutorService executor, ScheduledExecutorService timer, Path work) {
        this.server = server;
        this.endpoint = endpoint;
        this.executor = executor;
        this.timer = timer;
        this.work = work;
    }

    /**
     * Starts it all.
     *
     * @param port 0 takes a free one
     * @param work an existing folder for scripts, jars, logs and results; it is removed in the end
     * @param data where objects are kept between starts, if anywhere
     * @throws IOException when moto does not start, or the port is taken
     */
    public static Emulator start(Installation installation, Python python, int port, Path work, Optional<Path> data)
            throws IOException {
        MotoServer server = MotoServer.start(python, work, data);
        ExecutorService executor = Executors.newCachedThreadPool(daemons("work"));
        ScheduledExecutorService timer = Executors.newScheduledThreadPool(2, daemons("timer"));
        try {
            CompletableFuture<URI> address = new CompletableFuture<>();
            Operations operations =
                    operations(installation, address::join, work, server.client(), Clock.systemUTC(), executor, timer);
            Logs logs = new Logs(server.client(), Clock.systemUTC(), timer);
            Lambda lambda = new Lambda(installation, address::join, work, server.client(), logs, executor);
            Endpoint endpoint = Endpoint.open(
                    port, server.address(), operations, server.client()::requirePermission, lambda::before);
            address.complete(endpoint.address());
            return new Emulator(server, endpoint, executor, timer, work);
        } catch (IOException | RuntimeException failed) {
            server.close();
            throw failed;
        }
    }

    /** Returns all operations of Glue and Athena that are known here. */
    static Operations operations(
            Installation installation,
            Supplier<URI> endpoint,
            Path work,
            Moto moto,
            Clock clock,
            ExecutorService executor,
            ScheduledExecutorService timer) {
        Operations operations = new Operations();
        Logs logs = new Logs(moto, clock, timer);
        Jobs jobs = new Jobs(installation, endpoint, work, moto, logs, clock, executor);
        Crawlers crawlers = new Crawlers(installation, endpoint, work, moto, logs, clock, executor);
        Workflows workflows = new Workflows(moto, jobs, crawlers, clock);
        jobs.addTo(operations);
        crawlers.addTo(operations);
        workflows.addTo(operations);
        new DataCatalog(moto).addTo(operations);
        Rulesets rulesets = new Rulesets(clock);
        rulesets.addTo(operations);
        new DataQuality(installation, endpoint, work, moto, rulesets, clock, executor).addTo(operations);
        Untouched.addTo(operations);
        new Athena(installation, endpoint, work, moto, clock, executor).addTo(operations);
        Timetable timetable = workflows.timetable();
        timer.scheduleWithFixedDelay(() -> tick(timetable, workflows, clock), 1, 1, TimeUnit.SECONDS);
        return operations;
    }

    /** A task that throws would not be run again. */
    private static void tick(Timetable timetable, Workflows workflows, Clock clock) {
        try {
            timetable.advance(clock.instant());
            workflows.takeEvents();
        } catch (RuntimeException failed) {
            System.err.println("emulate: a schedule or an event was lost: " + failed);
        }
    }

    /** Returns the address for {@code AWS_ENDPOINT_URL}. */
    public URI address() {
        return endpoint.address();
    }

    /** Returns a future that is done when moto has ended, and was not asked to. */
    public CompletableFuture<Void> failed() {
        CompletableFuture<Void> failed = new CompletableFuture<>();
        server.ended().thenRun(() -> {
            if (!closing.get()) {
                failed.complete(null);
            }
        });
        return failed;
    }

    /** Stops all that runs, and removes the work folder. */
    @Override
    public void close() {
        if (closing.getAndSet(true)) {
            return;
        }
        endpoint.close();
        timer.shutdownNow();
        executor.shutdownNow();
        server.close();
        remove(work);
    }

    private static void remove(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException | UncheckedIOException inUse) {
            // a child that is just dying still writes; the system's own cleaning takes what is left
        }
    }

    private static ThreadFactory daemons(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
