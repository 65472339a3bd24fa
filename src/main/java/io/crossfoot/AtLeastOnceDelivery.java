package io.crossfoot;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import io.crossfoot.config.EnrichConfig;
import io.crossfoot.config.EnrichConfig.Scope;
import io.crossfoot.contract.CheckedTable;
import io.crossfoot.error.StorageException;
import io.crossfoot.error.UsageException;
import io.crossfoot.report.RunHistory;
import io.crossfoot.sink.Change;
import io.crossfoot.sink.ControlFolder;
import io.crossfoot.sink.Publication;
import io.crossfoot.sink.Unacknowledged;
import io.crossfoot.sink.Unacknowledged.Witness;
import io.crossfoot.sink.WriteMode;
import io.crossfoot.source.FileStamp;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;

/**
 * Sales of a source that hands out what is new, and hands it out again until it is told that it was used. They are
 * published exactly once all the same:
 *
 * <p>With its output, each run leaves a note of one of the files that it has read: the witness. The note goes when the
 * source was told. A run that finds one comes after a run that died in between; it looks whether rows of the witness pass
 * again, in the one pass that it makes anyway. If they do, so do all others of the dead run, whose output is then
 * replaced; if not, the source had been told in time.
 */
final class AtLeastOnceDelivery implements Delivery {
    private static final String LAST_FILE = "last_file";
    private static final String AGAIN = "again";

    private final EnrichConfig config;
    private final ControlFolder control;
    private final Publication publication;
    private final Acknowledgement acknowledgement;
    private final Configuration hadoop;
    private final Optional<Unacknowledged> earlier;
    private final long started = System.currentTimeMillis();

    /** To be made when the publication has recovered, and before rows are read. */
    AtLeastOnceDelivery(
            EnrichConfig config,
            ControlFolder control,
            Publication publication,
            Acknowledgement acknowledgement,
            Configuration hadoop) {
        this.config = config;
        this.control = control;
        this.publication = publication;
        this.acknowledgement = acknowledgement;
        this.hadoop = hadoop;
        this.earlier = publication.unacknowledged();
    }

    /** @throws UsageException when this would replace all that was ever published by what is new */
    static void requireAppend(EnrichConfig config) {
        if (config.scope() == Scope.UNPROCESSED) {
            throw new UsageException("Cannot use incremental: the source itself knows what is new; leave it out");
        }
        if (config.iceberg().isPresent() && config.mode() == WriteMode.APPEND) {
            throw new UsageException(
                    "Cannot append to an Iceberg table with a bookmark: rows that are handed out again could not be told from"
                            + " those that are there; merge by a key (mode merge), or read without a bookmark");
        }
        if (config.mode() == WriteMode.OVERWRITE) {
            throw new UsageException(
                    "Cannot use mode = overwrite: the source hands out new sales only, and they would replace all earlier"
                            + " ones; append, or read without a bookmark");
        }
    }

    /** Never: what the source hands out to a run of the same name may be new. */
    @Override
    public Optional<String> doneBy() {
        if (isMerged()) {
            return Optional.empty();
        }
        requireNoneReadOtherwise();
        if (publication.published(config.runId()) && !isEarlier()) {
            throw usedBefore();
        }
        return Optional.empty();
    }

    /** What was read past the source's back is handed out again, and would be published twice. */
    private void requireNoneReadOtherwise() {
        new RunHistory(control.history(), hadoop)
                .runs().stream()
                        .filter(run ->
                                run.published() && WriteMode.OVERWRITE.word().equals(run.mode()))
                        // it has replaced what came before
                        .reduce((first, last) -> last)
                        .filter(run -> publication.isMarked(run.runId()))
                        .ifPresent(run -> {
                            throw new UsageException(
                                    ("Cannot append with a bookmark: run %s has published all sales without it, and the"
                                                    + " bookmark may hand them out again; set %s and %s aside, reset the"
                                                    + " bookmark, and start again")
                                            .formatted(run.runId(), config.output(), control.root()));
                        });
    }

    @Override
    public Sources reading(Sources all) {
        return all;
    }

    @Override
    public List<Column> watched() {
        Column file = col(CheckedTable.SOURCE_FILE);
        Column again = earlier.map(Unacknowledged::witness)
                .map(witness -> file.equalTo(witness.file()))
                .orElse(lit(null).cast("boolean"));
        return List.of(max(file).as(LAST_FILE), max(again).as(AGAIN));
    }

    @Override
    public boolean isNothingNew(long rows) {
        return rows == 0;
    }

    /** Rows that are merged find their own place, however often they are handed out. */
    private boolean isMerged() {
        return config.mode() == WriteMode.MERGE;
    }

    @Override
    public void publish(Passed passed) {
        if (isMerged()) {
            publication.publish(Change.of(WriteMode.MERGE).committing(passed.commit()), config.runId());
            return;
        }
        Map<String, Object> seen = passed.watched();
        Optional<Unacknowledged> replaced = replaced(Boolean.TRUE.equals(seen.get(AGAIN)));
        if (isEarlier() && replaced.isEmpty()) {
            throw usedBefore();
        }
        Optional<Witness> witness = Optional.ofNullable((String) seen.get(LAST_FILE))
                .filter(file -> !file.isBlank())
                .flatMap(this::look)
                // a file that was written since may not be the one that was read
                .filter(found -> found.modified() < started);
        publication.publishUnacknowledged(config.runId(), witness, replaced);
    }

    @Override
    public void acknowledge() {
        if (acknowledgement.give()) {
            publication.acknowledged();
        }
    }

    private boolean isEarlier() {
        return earlier.stream().anyMatch(found -> found.run().equals(config.runId()));
    }

    private UsageException usedBefore() {
        return new UsageException("Cannot start run %s: it has published before; give each run an id of its own"
                .formatted(config.runId()));
    }

    /** Returns the publication whose rows this run has read again. */
    private Optional<Unacknowledged> replaced(boolean again) {
        if (earlier.isEmpty()) {
            return Optional.empty();
        }
        Witness witness = earlier.get().witness();
        if (witness == null) {
            throw undecided("it did not know which files it had read");
        }
        Optional<Witness> now = look(witness.file());
        if (!now.equals(Optional.of(witness))) {
            String fate = now.isPresent() ? "written anew" : "deleted";
            throw undecided("%s, which it had read, was %s since".formatted(witness.file(), fate));
        }
        return again ? earlier : Optional.empty();
    }

    private Optional<Witness> look(String file) {
        return FileStamp.of(file, hadoop).map(stamp -> new Witness(file, stamp.bytes(), stamp.modified()));
    }

    private StorageException undecided(String why) {
        Unacknowledged found = earlier.orElseThrow();
        return new StorageException(
                ("Cannot go on: run %s died between publishing and telling the source so, and %s; find out whether the"
                                + " bookmark of that run was saved: if so, delete %s; if not, delete the %d output files that it"
                                + " names, too; then start again")
                        .formatted(
                                found.run(),
                                why,
                                control.unacknowledged(),
                                found.files().size()));
    }
}
