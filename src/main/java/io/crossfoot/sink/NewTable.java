package io.crossfoot.sink;

import io.crossfoot.error.StorageFault;
import java.io.IOException;
import org.apache.hadoop.fs.Path;

/**
 * A table that is being made where nothing lay. A note in the control folder says so until the commit has taken place: files
 * that a run which dies meanwhile leaves there are in nobody's way, for Iceberg gives no name twice.
 */
public final class NewTable {
    private final IcebergName name;
    private final Path note;
    private final Store store;

    public NewTable(IcebergName name, ControlFolder control) {
        this.name = name;
        this.note = control.newTable();
        this.store = control.store();
    }

    /** Whether a run has begun to make this table, and none has come to the end of it. */
    public boolean isBegun() {
        try {
            return store.exists(note) && store.read(note).strip().equals(name.toString());
        } catch (IOException failed) {
            throw StorageFault.reading(failed, "read " + Store.show(note), ", and start again");
        }
    }

    /**
     * Notes that the table is being made; to be called when nothing of others lies in its place. A note that says so already
     * stays as it is: written anew, it could be cut.
     */
    public void begin() {
        try {
            if (!isBegun()) {
                store.write(note, name + "\n");
            }
        } catch (IOException failed) {
            throw StorageFault.writing(failed, "write " + Store.show(note), ", and start again");
        }
    }
}
