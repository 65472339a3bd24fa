package io.crossfoot;

import io.crossfoot.config.EnrichConfig;
import io.crossfoot.error.UsageException;
import io.crossfoot.report.RunReport;
import io.crossfoot.report.RunReport.Increment;
import io.crossfoot.sink.Publication;
import io.crossfoot.sink.WriteMode;
import io.crossfoot.source.InputFile;
import io.crossfoot.source.ListedSource;
import io.crossfoot.state.StateFolder;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sales that can be read whenever somebody asks, such as files, and are all read each time: but where they are added, or
 * merged, and an earlier run has read the same files, as they are now.
 */
final class RepeatableDelivery implements Delivery {
    private final EnrichConfig config;
    private final Publication publication;
    private final StateFolder state;
    private final Target target;
    private Optional<Increment> found = Optional.empty();

    /** To be made when the publication has recovered. */
    RepeatableDelivery(EnrichConfig config, Publication publication, StateFolder state, Target target) {
        this.config = config;
        this.publication = publication;
        this.state = state;
        this.target = target;
    }

    /**
     * Refuses to add beside the rows of runs of which nobody knows what they have read.
     *
     * @throws UsageException if the control folder knows of no run, and the output holds a file of one
     */
    static void requireKnownRuns(EnrichConfig config, Publication publication) {
        if (config.mode() == WriteMode.APPEND && config.iceberg().isEmpty() && !publication.anyPublished()) {
            publication.anyFileOfARun().ifPresent(file -> {
                throw new UsageException(
                        ("Cannot add to %s: it holds %s of a run that its control folder knows nothing of, and the same sales"
                                        + " could come twice; put that folder back, or name it with --control; or say with"
                                        + " crossfoot state set what was read, and go on with --incremental")
                                .formatted(config.output(), file));
            });
        }
    }

    @Override
    public Optional<String> doneBy() {
        requireKnownRuns(config, publication);
        return Optional.of(config.runId())
                .filter(run -> config.mode() != WriteMode.OVERWRITE && publication.published(run));
    }

    @Override
    public Sources reading(Sources all) {
        if (config.mode() != WriteMode.OVERWRITE && all.sales() instanceof ListedSource) {
            return all.selecting(this::unlessThere);
        }
        return config.filter().isNone() ? all : all.selecting(config.filter()::of);
    }

    private List<InputFile> unlessThere(List<InputFile> all) {
        List<InputFile> wanted =
                config.filter().isNone() ? all : config.filter().of(all);
        boolean isKnown = target.hasRun(StateFolder.key(wanted));
        long files = wanted.size();
        found = Optional.of(new Increment(isKnown ? 0 : files, 0, 0, isKnown ? files : 0, 0, List.of(), List.of()));
        return isKnown ? List.of() : wanted;
    }

    @Override
    public boolean isNothingNew(long rows) {
        return found.stream().anyMatch(increment -> increment.known() > 0);
    }

    @Override
    public RunReport describe(RunReport report) {
        return found.map(report::of).orElse(report);
    }

    /** What was read is kept, so that a later run can go on from here. */
    @Override
    public void publish(Passed passed) {
        publication.publish(
                state.keeping(config.mode(), config.runId(), passed.read(), passed.written(), List.of(), Map.of())
                        .committing(passed.commit()),
                config.runId());
        state.tidy();
    }
}
