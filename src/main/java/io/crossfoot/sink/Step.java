package io.crossfoot.sink;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.io.IOException;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;

/**
 * One step of a publication. Done twice it does what it does once, also when the first time was cut short at any point
 * and when steps behind it were done already: so a publication is finished by doing all its steps again.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "step")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Step.Move.class, name = "move"),
    @JsonSubTypes.Type(value = Step.Replace.class, name = "replace"),
    @JsonSubTypes.Type(value = Step.Delete.class, name = "delete"),
    @JsonSubTypes.Type(value = Step.Note.class, name = "note"),
    @JsonSubTypes.Type(value = Step.Mark.class, name = "mark")
})
sealed interface Step {
    /** @param progress told before and after each change; when it throws, the step ends as if killed there */
    void perform(Store store, Consumer<String> progress) throws IOException;

    /** Says in words what the step does. */
    String describe();

    /**
     * Gives a staged file its final name. As long as it is staged, whatever has that name is an unfinished copy of it
     * (renaming copies, on an object store) and makes way; afterwards the name must hold all of its bytes.
     */
    record Move(String from, String to, long bytes) implements Step {
        @Override
        public String describe() {
            return "move " + show(from) + " -> " + show(to);
        }

        @Override
        public void perform(Store store, Consumer<String> progress) throws IOException {
            Path staged = store.recorded(from);
            Path published = store.recorded(to);
            if (store.exists(staged)) {
                progress.accept("publish: " + describe());
                store.delete(published);
                store.move(staged, published);
                requireWhole(store, published);
                progress.accept("published: " + show(to));
            } else {
                requireWhole(store, published);
            }
        }

        private void requireWhole(Store store, Path published) throws IOException {
            if (!store.exists(published)) {
                throw new IOException("another program took it away while this one was publishing");
            }
            long found = store.status(published).getLen();
            if (found != bytes) {
                throw new IOException("%d of %d bytes arrived".formatted(found, bytes));
            }
        }
    }

    /** Puts the staged folder in the place of the previous output, which is kept aside; each is one rename. */
    record Replace(String staged, String output, String aside) implements Step {
        @Override
        public String describe() {
            return "move " + show(staged) + " -> " + show(output);
        }

        @Override
        public void perform(Store store, Consumer<String> progress) throws IOException {
            if (!store.exists(store.recorded(staged))) {
                return;
            }
            if (store.exists(store.recorded(output))) {
                refuseSecondOutput(store);
                progress.accept("publish: move " + show(output) + " -> " + show(aside));
                store.move(store.recorded(output), store.recorded(aside));
                progress.accept("set aside: " + show(output));
            }
            progress.accept("publish: " + describe());
            try {
                store.move(store.recorded(staged), store.recorded(output));
            } catch (IOException failed) {
                putBack(store, failed);
                throw failed;
            }
            progress.accept("published: " + show(output));
        }

        // what is there now was made by somebody else, after the previous output had been set aside
        private void refuseSecondOutput(Store store) throws IOException {
            if (store.exists(store.recorded(aside))) {
                throw new IOException("another program wrote there while this one was publishing");
            }
        }

        private void putBack(Store store, IOException failed) {
            try {
                if (store.exists(store.recorded(aside)) && !store.exists(store.recorded(output))) {
                    store.move(store.recorded(aside), store.recorded(output));
                }
            } catch (IOException second) {
                failed.addSuppressed(second);
            }
        }
    }

    record Delete(String path) implements Step {
        @Override
        public String describe() {
            return "delete " + show(path);
        }

        @Override
        public void perform(Store store, Consumer<String> progress) throws IOException {
            if (store.exists(store.recorded(path))) {
                progress.accept("publish: " + describe());
                store.delete(store.recorded(path));
                progress.accept("deleted: " + show(path));
            }
        }
    }

    /** Leaves a text in the control folder, in place of the one that may be there. */
    record Note(String path, String text) implements Step {
        @Override
        public String describe() {
            return "note " + show(path);
        }

        @Override
        public void perform(Store store, Consumer<String> progress) throws IOException {
            progress.accept("publish: " + describe());
            store.writeAtomically(store.recorded(path), text);
            progress.accept("noted: " + show(path));
        }
    }

    /** Leaves the sign that the run was published. */
    record Mark(String path) implements Step {
        @Override
        public String describe() {
            return "mark " + show(path);
        }

        @Override
        public void perform(Store store, Consumer<String> progress) throws IOException {
            if (!store.exists(store.recorded(path))) {
                progress.accept("publish: " + describe());
                store.writeAtomically(store.recorded(path), "{\"published\": true}\n");
                progress.accept("marked: " + show(path));
            }
        }
    }

    private static String show(String path) {
        return Store.show(new Path(path));
    }
}
