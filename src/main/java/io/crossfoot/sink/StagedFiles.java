package io.crossfoot.sink;

import io.crossfoot.error.StorageException;
import io.crossfoot.error.StorageFault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.FileStatus;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;

/** Measures the Parquet files that a run has staged, before they are published. */
public final class StagedFiles {
    private StagedFiles() {}

    /**
     * Lists the staged data files by path, with their sizes and rows; empty when the folder is. Reads the footer of
     * each file, eight at a time, and no data.
     *
     * @throws StorageException if a footer cannot be read
     */
    public static List<OutputFile> of(ControlFolder control, String runId) {
        return measured(control, runId, Staging.own(control, runId));
    }

    /** Lists, in the same way, the files in which the run has written rows of earlier runs anew. */
    public static List<OutputFile> anew(ControlFolder control, String runId) {
        return measured(control, runId, Staging.own(control, anew(runId)));
    }

    /**
     * Removes what an earlier run of this id has staged, so that nothing of it is published with what this one will stage.
     *
     * @throws StorageException if it cannot be removed
     */
    public static void clear(ControlFolder control, String runId) {
        try {
            for (FileStatus leftOver : control.store().children(control.staging())) {
                String name = leftOver.getPath().getName();
                if (name.equals(runId) || name.equals(anew(runId))) {
                    control.store().delete(leftOver.getPath());
                }
            }
        } catch (IOException failed) {
            String what = "remove what an earlier run has staged at " + Store.show(control.staging(runId));
            throw StorageFault.writing(failed, what, ", and start again; the previous output is untouched");
        }
    }

    /** What stands for the id of a run in the names of such files. */
    static String anew(String runId) {
        return runId + ".anew";
    }

    private static List<OutputFile> measured(ControlFolder control, String runId, Staging staging) {
        try {
            List<Callable<OutputFile>> measures = new ArrayList<>();
            for (Staging.DataFile file : staging.files()) {
                measures.add(() -> measure(control, file));
            }
            return SideBySide.call(measures).stream()
                    .sorted(Comparator.comparing(OutputFile::path))
                    .toList();
        } catch (IOException failed) {
            String what = "read back what was staged at " + Store.show(control.staging(runId));
            throw StorageFault.writing(failed, what, ", and start again; the previous output is untouched");
        }
    }

    private static OutputFile measure(ControlFolder control, Staging.DataFile file) throws IOException {
        var input = HadoopInputFile.fromPath(file.staged(), control.store().configuration());
        try (ParquetFileReader reader = ParquetFileReader.open(input)) {
            return new OutputFile(file.published(), file.bytes(), reader.getRecordCount());
        }
    }
}
