package io.crossfoot.testing;

import java.util.concurrent.atomic.AtomicReference;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.hadoop.HadoopCatalog;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;

/** A catalog in a folder that does not know, when it was told to, what became of the next commit. */
public final class UnsureCatalog extends HadoopCatalog {
    private static final AtomicReference<Loss> NEXT = new AtomicReference<>();

    /** What gets lost on the way. */
    public enum Loss {
        /** Nothing was committed. */
        REQUEST,
        /** All was committed. */
        ANSWER
    }

    /** Lets the next commit that adds a snapshot end so, in this process. */
    public static void loseNext(Loss loss) {
        NEXT.set(loss);
    }

    @Override
    protected TableOperations newTableOps(TableIdentifier table) {
        return new Operations(super.newTableOps(table));
    }

    private record Operations(TableOperations sure) implements TableOperations {
        @Override
        public void commit(TableMetadata base, TableMetadata metadata) {
            boolean isSnapshot = base == null || metadata.currentSnapshot() != base.currentSnapshot();
            Loss loss = isSnapshot ? NEXT.getAndSet(null) : null;
            if (loss != Loss.REQUEST) {
                sure.commit(base, metadata);
            }
            if (loss != null) {
                throw new CommitStateUnknownException(new IllegalStateException("no answer"));
            }
        }

        @Override
        public TableMetadata current() {
            return sure.current();
        }

        @Override
        public TableMetadata refresh() {
            return sure.refresh();
        }

        @Override
        public FileIO io() {
            return sure.io();
        }

        @Override
        public String metadataFileLocation(String name) {
            return sure.metadataFileLocation(name);
        }

        @Override
        public LocationProvider locationProvider() {
            return sure.locationProvider();
        }

        @Override
        public TableOperations temp(TableMetadata uncommitted) {
            return sure.temp(uncommitted);
        }
    }
}
