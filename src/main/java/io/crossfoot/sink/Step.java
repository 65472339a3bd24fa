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
     * (renaming copies, on an object store) and makes way.
     */
    record Move(String from, String to) implements Step {
        @Override
        public String describe() {
            return "move " + show(from) + " -> " + show(to);
        }

        @Override
        public void perform(Store store, Consumer<String> progress) throws IOException {
            if (store.exists(new Path(from))) {
                progress.accept("publish: " + describe());
                store.delete(new Path(to));
                store.move(new Path(from), new Path(to));
                progress.accept("published: " + show(to));
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
            if (!store.exists(new Path(staged))) {
                return;
            }
            if (store.exists(new Path(output))) {
                refuseSecondOutput(store);
                progress.accept("publish: move " + show(output) + " -> " + show(aside));
                store.move(new Path(output), new Path(aside));
                progress.accept("set aside: " + show(output));
            }
            progress.accept("publish: " + describe());
            try {
                store.move(new Path(staged), new Path(output));
            } catch (IOException failed) {
                putBack(store, failed);
                throw failed;
            }
            progress.accept("published: " + show(output));
        }

        // what is there now was made by somebody else, after the previous output had been set aside
        private void refuseSecondOutput(Store store) throws IOException {
            if (store.exists(new Path(aside))) {
                throw new IOException("another program wrote there while this one was publishing");
            }
        }

        private void putBack(Store store, IOException failed) {
            try {
                if (store.exists(new Path(aside)) && !store.exists(new Path(output))) {
                    store.move(new Path(aside), new Path(output));
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
            if (store.exists(new Path(path))) {
                progress.accept("publish: " + describe());
                store.delete(new Path(path));
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
            store.writeAtomically(new Path(path), text);
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
            if (!store.exists(new Path(path))) {
                progress.accept("publish: " + describe());
                store.writeAtomically(new Path(path), "{\"published\": true}\n");
                progress.accept("marked: " + show(path));
            }
        }
    }

    private static String show(String path) {
        return Store.show(new Path(path));
    }
}
