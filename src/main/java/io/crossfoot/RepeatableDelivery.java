package io.crossfoot;

import io.crossfoot.config.EnrichConfig;
import io.crossfoot.sink.Publication;
import io.crossfoot.sink.WriteMode;
import io.crossfoot.state.StateFolder;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sales that can be read whenever somebody asks, such as files, and are all read each time. */
record RepeatableDelivery(EnrichConfig config, Publication publication, StateFolder state) implements Delivery {
    @Override
    public Optional<String> doneBy() {
        return Optional.of(config.runId())
                .filter(run -> config.mode() == WriteMode.APPEND && publication.published(run));
    }

    @Override
    public Sources reading(Sources all) {
        return config.filter().isNone() ? all : all.selecting(config.filter()::of);
    }

    @Override
    public boolean isNothingNew(long rows) {
        return false;
    }

    /** What was read is kept, so that a later run can go on from here. */
    @Override
    public void publish(Passed passed) {
        publication.publish(
                state.keeping(config.mode(), config.runId(), passed.read(), passed.written(), List.of(), Map.of()),
                config.runId());
        state.tidy();
    }
}
