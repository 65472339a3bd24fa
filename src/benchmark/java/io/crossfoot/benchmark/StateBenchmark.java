package io.crossfoot.benchmark;

import io.crossfoot.sink.ControlFolder;
import io.crossfoot.sink.WholeFile;
import io.crossfoot.source.InputFile;
import io.crossfoot.state.Grain;
import io.crossfoot.state.StateEditor;
import io.crossfoot.state.StateFolder;
import io.crossfoot.state.Work;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** What the operations on the state of a million known objects cost, each once, in a heap of its own. */
public final class StateBenchmark {
    private static final double MOST_SECONDS = 10;

    private StateBenchmark() {}

    /** Its arguments are an empty folder and how many objects; ends with 1 when an operation takes too long. */
    public static void main(String... arguments) {
        int objects = Integer.parseInt(arguments[1]);
        ControlFolder control = ControlFolder.of(new Path(arguments[0], "out"), Optional.empty(), new Configuration());
        control.create();
        StateEditor editor = new StateEditor(control, new Configuration(), point -> {});
        StateFolder folder = new StateFolder(control, new Configuration(), point -> {});
        WholeFile text = new WholeFile(new Path(arguments[0], "exported.jsonl"), new Configuration());
        List<InputFile> found = new ArrayList<>();
        for (int i = 0; i < objects; i++) {
            String path = "s3a://raw-data-of-a-shop/sales/order_date=2026-%02d-%02d/part-%09d.csv.gz"
                    .formatted(1 + i / 100_000, 1 + i / 4000 % 25, i);
            found.add(new InputFile(path, i, 1_700_000_000_000L + i, "%032x".formatted(i)));
        }
        boolean isFast = measure("set", () -> editor.set("first", found))
                & measure("show", folder::accounts)
                & measure("plan, nothing new", () -> require(folder.work(found, file -> true, Grain.RUN), 0, 0))
                & measure(
                        "plan, nothing there",
                        () -> require(folder.work(List.of(), file -> true, Grain.RUN), 0, objects))
                & measure("rewind", () -> editor.rewind(Optional.of("first")))
                & measure("export", () -> export(editor, text))
                & measure("import", () -> editor.replaceBy(text));
        System.exit(isFast ? 0 : 1);
    }

    private static void export(StateEditor editor, WholeFile text) {
        try {
            text.write(editor::export);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void require(Work work, long added, long vanished) {
        if (work.added().size() != added || work.vanished().count() != vanished) {
            throw new IllegalStateException(
                    "wrong: " + work.added().size() + ", " + work.vanished().count());
        }
    }

    private static boolean measure(String what, Runnable operation) {
        long began = System.nanoTime();
        operation.run();
        double seconds = (System.nanoTime() - began) / 1e9;
        System.out.printf(Locale.ROOT, "%-20s %5.1f s%n", what, seconds);
        return seconds <= MOST_SECONDS;
    }
}
