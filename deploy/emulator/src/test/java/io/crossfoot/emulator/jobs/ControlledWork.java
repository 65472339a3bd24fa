package io.crossfoot.emulator.jobs;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/** Work of runs that ends when a test says so; a kill ends it, too. */
final class ControlledWork implements JobLauncher {
    record Work(JobRun run, CompletableFuture<Optional<String>> end, AtomicBoolean killed) implements JobProcess {
        void succeed() {
            end.complete(Optional.empty());
        }

        void fail(String message) {
            end.complete(Optional.of(message));
        }

        @Override
        public void kill() {
            killed.set(true);
            end.complete(Optional.of("killed"));
        }
    }

    final List<Work> started = new CopyOnWriteArrayList<>();
    Optional<String> refusal = Optional.empty();

    @Override
    public JobProcess launch(JobRun run) throws LaunchException {
        if (refusal.isPresent()) {
            throw new LaunchException(refusal.get());
        }
        Work work = new Work(run, new CompletableFuture<>(), new AtomicBoolean());
        started.add(work);
        return work;
    }
}
