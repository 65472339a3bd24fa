package io.crossfoot;

import io.crossfoot.config.CompactConfig;
import io.crossfoot.error.StorageException;
import io.crossfoot.error.UsageException;
import io.crossfoot.report.ReportFile;
import io.crossfoot.sink.Change;
import io.crossfoot.sink.Change.PublishedRun;
import io.crossfoot.sink.CompactionSummary;
import io.crossfoot.sink.ControlFolder;
import io.crossfoot.sink.IcebergTable;
import io.crossfoot.sink.OutputFile;
import io.crossfoot.sink.Publication;
import io.crossfoot.sink.PublishedFiles;
import io.crossfoot.sink.RunLock;
import io.crossfoot.sink.SmallFiles;
import io.crossfoot.sink.SmallFiles.Batch;
import io.crossfoot.sink.StagedFiles;
import io.crossfoot.sink.WriteMode;
import io.crossfoot.source.LiteralPath;
import io.crossfoot.state.StateFolder;
import io.crossfoot.storage.Storage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Makes few files of the many small ones that incremental runs leave: the same rows in the same folders, in files of the
 * target size. It is published as a run is: a process that dies anywhere leaves the old files or the new ones, or what
 * the next run finishes; readers see what they see while a run replaces rows.
 *
 * <p>Before the new files are published they are read back: the number of rows, and a checksum of all their values, must
 * be those of the old files.
 *
 * <p>An Iceberg table is compacted by Iceberg: see {@link TableCompaction}.
 *
 * <p>What runs have read, and their keys, stay what they are. Runs whose rows share a file now are replaced together: when
 * a file of the sales is rewritten that one of them has read, all that all of them have read is read again. In an output
 * with a state, files of no run in it are left alone, as nobody knows when they may go.
 */
public final class Compaction {
    private final CompactConfig config;
    private final Consumer<String> progress;

    private Compaction(CompactConfig config, Consumer<String> progress) {
        this.config = config;
        this.progress = progress;
    }

    /** Returns one that keeps quiet. */
    public static Compaction of(CompactConfig config) {
        return new Compaction(config, point -> {});
    }

    /** Returns this, telling each point of its way. What the consumer throws ends it there, as a kill would. */
    public Compaction telling(Consumer<String> listener) {
        return new Compaction(config, listener);
    }

    /** Returns what {@link #run} would do, with a table as with files; takes no lock and writes nothing. */
    public CompactionSummary plan(SparkSession spark) {
        return config.table().isPresent() ? table(spark).plan() : plan(Storage.configuration(spark));
    }

    /** Returns what {@link #run} would do with files; takes no lock, needs no Spark and writes nothing. */
    public CompactionSummary plan(Configuration hadoop) {
        ControlFolder control = control(hadoop);
        requireFiles(control);
        return batches(control, new StateFolder(control, hadoop, point -> {})).stream()
                .map(batch -> new CompactionSummary(
                        batch.files().size(), bytes(batch.files()), batch.expected(), 0, rows(batch), 0))
                .reduce(CompactionSummary.NOTHING, CompactionSummary::plus);
    }

    /**
     * Does it.
     *
     * @throws io.crossfoot.error.LockedException if a run is under way
     * @throws StorageException if storage fails, or if a bookmark must be settled first; the rows are what they were
     */
    public CompactionSummary run(SparkSession spark) {
        return config.table().isPresent() ? table(spark).run() : runOverFiles(spark);
    }

    private TableCompaction table(SparkSession spark) {
        SparkSession isolated = IsolatedSession.of(spark, config.targetFileBytes());
        Configuration hadoop = Storage.configuration(isolated);
        TableOutput output =
                new TableOutput(control(hadoop), IcebergTable.of(config.table().orElseThrow(), isolated));
        output.require("compact", hadoop);
        return new TableCompaction(config, output, progress);
    }

    private CompactionSummary runOverFiles(SparkSession spark) {
        SparkSession isolated = IsolatedSession.of(spark, config.targetFileBytes());
        Configuration hadoop = Storage.configuration(isolated);
        ControlFolder control = control(hadoop);
        requireFiles(control);
        if (!control.isMade()) {
            return CompactionSummary.NOTHING;
        }
        control.commitProtocol()
                .ifPresent(protocol -> isolated.conf().set("spark.sql.sources.commitProtocolClass", protocol));
        try (RunLock lock = RunLock.acquire(control, config.runId())) {
            Publication publication = new Publication(
                    control, progress, run -> new ReportFile(control.runReport(run), hadoop).complete());
            publication.recover();
            new Exclusively(control, config.runId()).requireSettled("compact", publication);
            StateFolder state = new StateFolder(control, hadoop, progress);
            state.tidy();
            CompactionSummary done = CompactionSummary.NOTHING;
            for (Batch batch : batches(control, state)) {
                // files are named by who has staged them: those of a run stay apart from these
                String name = publication.unusedName(config.runId());
                progress.accept("compact");
                List<OutputFile> written = rewrite(batch, control, name, isolated);
                lock.confirm();
                state.keepingNote(() -> publication.publish(change(batch, written, state, name), name));
                state.tidy();
                done = done.plus(new CompactionSummary(
                        batch.files().size(), bytes(batch.files()), written.size(), bytes(written), rows(batch), 0));
            }
            return done;
        }
    }

    /** What is a file of a table, only its catalog knows. */
    private static void requireFiles(ControlFolder control) {
        if (PublishedFiles.isTable(control)) {
            throw new UsageException(
                    "Cannot compact %s: it is an Iceberg table; give --table-format iceberg and --output-table CATALOG.DATABASE.TABLE"
                            .formatted(control.output()));
        }
    }

    private ControlFolder control(Configuration hadoop) {
        return ControlFolder.of(new Path(config.output()), config.control(), hadoop);
    }

    private List<Batch> batches(ControlFolder control, StateFolder state) {
        Set<String> known = new HashSet<>();
        state.runs().forEach(run -> known.addAll(run.files()));
        boolean isAll = state.isEmpty();
        return SmallFiles.of(control, config.targetFileBytes(), file -> isAll || known.contains(file));
    }

    private List<OutputFile> rewrite(Batch batch, ControlFolder control, String name, SparkSession spark) {
        String output = control.output().toString();
        Dataset<Row> rows = spark.read()
                .option("basePath", output)
                .parquet(batch.files().stream()
                        .map(file -> LiteralPath.of(output + "/" + file.path()))
                        .toArray(String[]::new));
        String staging = control.staging(name).toString();
        Observed passed = new Observed(Checksum.of(rows.schema()));
        new StagedOutput(batch.partitionBy(), config.targetFileBytes(), config.compression(), staging, Optional.empty())
                .writeCompacted(passed.on(rows), batch.expected());
        progress.accept("audit");
        List<OutputFile> written = StagedFiles.of(control, name);
        Dataset<Row> back = spark.read().schema(rows.schema()).parquet(LiteralPath.of(staging));
        Map<String, Object> found = passed.query(back);
        // a task that Spark ran twice is observed twice: believe it only when a query says the same
        boolean isSame = rows(batch) > 0 && found.equals(passed.values());
        if (!isSame && !found.equals(passed.query(rows))) {
            throw new StorageException(
                    "Cannot compact %s: what was written is not what was read; the output is untouched; start again"
                            .formatted(output));
        }
        return written;
    }

    /** In each folder the new files hold the rows of all old ones of the batch. */
    private static Change change(Batch batch, List<OutputFile> written, StateFolder state, String name) {
        Map<String, List<String>> newFiles = new HashMap<>();
        for (OutputFile file : written) {
            newFiles.computeIfAbsent(PublishedFiles.folderOf(file.path()), folder -> new ArrayList<>())
                    .add(file.path());
        }
        Map<String, List<String>> instead = new HashMap<>();
        for (OutputFile file : batch.files()) {
            instead.put(file.path(), newFiles.getOrDefault(PublishedFiles.folderOf(file.path()), List.of()));
        }
        return state.isEmpty()
                ? Change.of(WriteMode.APPEND).replacing(List.of(new PublishedRun(name, List.copyOf(instead.keySet()))))
                : state.regrouping(name, instead);
    }

    private static long bytes(List<OutputFile> files) {
        return files.stream().mapToLong(OutputFile::bytes).sum();
    }

    private static long rows(Batch batch) {
        return batch.files().stream().mapToLong(OutputFile::rows).sum();
    }
}
