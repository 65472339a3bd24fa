package io.crossfoot.catalog;

import io.crossfoot.error.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hive.metastore.Deadline;
import org.apache.hadoop.hive.metastore.ObjectStore;
import org.apache.hadoop.hive.metastore.api.Database;
import org.apache.hadoop.hive.metastore.api.NoSuchObjectException;
import org.apache.hadoop.hive.metastore.api.Partition;
import org.apache.hadoop.hive.metastore.api.Table;

/**
 * A Hive metastore in a folder: the one that Spark brings, on a Derby database. The folder is made when it is needed, and
 * one process at a time can have it open.
 *
 * <p>It uses the store behind Hive's own service, not the service: that would make folders for tables, change their
 * permissions and count their files, and takes longer to start.
 *
 * <p>Changes are written without waiting for the disk, which makes a new catalog in a third of the time. They survive a
 * process that is killed, but perhaps not a machine that loses power: then remove the folder and crawl again.
 */
final class HiveCatalog implements Catalog {
    /** What Hive's own configuration would set; read from none, so that no stray hive-site.xml leads elsewhere. */
    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry(
                    "javax.jdo.PersistenceManagerFactoryClass", "org.datanucleus.api.jdo.JDOPersistenceManagerFactory"),
            Map.entry("javax.jdo.option.ConnectionUserName", "APP"),
            Map.entry("javax.jdo.option.ConnectionPassword", "mine"),
            Map.entry("javax.jdo.option.DetachAllOnCommit", "true"),
            Map.entry("javax.jdo.option.NonTransactionalRead", "true"),
            Map.entry("datanucleus.autoStartMechanismMode", "ignored"),
            Map.entry("datanucleus.cache.level2", "false"),
            Map.entry("datanucleus.connectionPoolingType", "NONE"),
            Map.entry("datanucleus.identifierFactory", "datanucleus1"),
            Map.entry("datanucleus.plugin.pluginRegistryBundleCheck", "LOG"),
            Map.entry("datanucleus.rdbms.initializeColumnInfo", "NONE"),
            Map.entry("datanucleus.rdbms.useLegacyNativeValueStrategy", "true"),
            Map.entry("datanucleus.schema.autoCreateAll", "true"),
            Map.entry("datanucleus.schema.validateColumns", "false"),
            Map.entry("datanucleus.schema.validateConstraints", "false"),
            Map.entry("datanucleus.schema.validateTables", "false"),
            Map.entry("datanucleus.transactionIsolation", "read-committed"),
            Map.entry("hive.metastore.schema.verification", "false"),
            Map.entry("hive.metastore.try.direct.sql", "false"));

    private static final long LONGEST_QUERY_MILLIS = 600_000;
    private static final String DATABASE = "metastore_db";
    private static final String DURABILITY = "derby.system.durability";
    private static final String LOG = "derby.stream.error.file";
    private static final String IN_USE = "XSDB6";

    /** How often each folder is open in this process: whoever closes it last shuts the database down. */
    private static final Map<Path, Integer> OPEN = new ConcurrentHashMap<>();

    private final Path folder;
    private final ObjectStore store;

    private HiveCatalog(Path folder, ObjectStore store) {
        this.folder = folder;
        this.store = store;
    }

    /** Returns whether there is a catalog in a folder. */
    static boolean isIn(Path folder) {
        return Files.isDirectory(folder.resolve(DATABASE));
    }

    /** @throws StorageException when the folder cannot be used, or another process uses it */
    static HiveCatalog open(Path place) {
        Path folder = place.toAbsolutePath().normalize();
        try {
            Files.createDirectories(folder);
        } catch (IOException impossible) {
            throw new StorageException(
                    "Cannot open the catalog in %s: no folder can be made there (%s); name another with --catalog"
                            .formatted(folder, impossible),
                    impossible);
        }
        // Derby takes both from the process only, when it starts
        System.getProperties().putIfAbsent(LOG, folder.resolve("derby.log").toString());
        System.getProperties().putIfAbsent(DURABILITY, "test");
        ObjectStore store = new ObjectStore();
        try {
            store.setConf(configuration(folder));
        } catch (Exception failed) {
            // Exception: the store is a proxy that throws what its signature does not tell
            throw unopened(folder, failed);
        }
        OPEN.merge(folder, 1, Integer::sum);
        return new HiveCatalog(folder, store);
    }

    private static Configuration configuration(Path folder) throws SQLException {
        String url = "jdbc:derby:;databaseName=%s;create=true".formatted(database(folder));
        Configuration configuration = new Configuration(false);
        SETTINGS.forEach(configuration::set);
        configuration.set("javax.jdo.option.ConnectionURL", url);
        // its name differs from one version of Derby to the next
        configuration.set(
                "javax.jdo.option.ConnectionDriverName",
                DriverManager.getDriver(url).getClass().getName());
        return configuration;
    }

    private static String database(Path folder) {
        return folder.resolve(DATABASE).toString();
    }

    private static StorageException unopened(Path folder, Exception failed) {
        String reason = isInUse(failed)
                ? "another process has it open; start again when that has ended, or name another with --catalog"
                : reason(failed) + "; name another with --catalog";
        return new StorageException("Cannot open the catalog in %s: %s".formatted(folder, reason), failed);
    }

    private static boolean isInUse(Throwable failed) {
        if (failed == null) {
            return false;
        }
        boolean here = failed instanceof SQLException sql
                && (IN_USE.equals(sql.getSQLState()) || isInUse(sql.getNextException()));
        return here || isInUse(failed.getCause());
    }

    @Override
    public List<String> databases() {
        return call(
                "list databases",
                () -> store.getAllDatabases().stream().sorted().toList());
    }

    @Override
    public void createDatabase(String database) {
        call("make database " + database, () -> {
            if (!store.getAllDatabases().contains(database)) {
                String location = folder.resolve("warehouse")
                        .resolve(database + ".db")
                        .toUri()
                        .toString();
                store.createDatabase(new Database(database, "", location, Map.of()));
            }
            return database;
        });
    }

    @Override
    public List<CatalogTable> tables(String database) {
        return call("list the tables of " + database, () -> {
            if (!store.getAllDatabases().contains(database)) {
                return List.of();
            }
            return store.getTableObjectsByName(database, store.getAllTables(database)).stream()
                    .map(HiveShape::table)
                    .sorted((left, right) -> left.name().compareTo(right.name()))
                    .toList();
        });
    }

    @Override
    public Optional<CatalogTable> table(TableName name) {
        return call(
                "look up " + name,
                () -> Optional.ofNullable(store.getTable(name.database(), name.table()))
                        .map(HiveShape::table));
    }

    @Override
    public void put(CatalogTable table) {
        call("register " + table.name(), () -> {
            TableName name = table.name();
            Table described = HiveShape.table(table);
            if (store.getTable(name.database(), name.table()) == null) {
                store.createTable(described);
            } else {
                store.alterTable(name.database(), name.table(), described);
            }
            return name;
        });
    }

    @Override
    public void drop(TableName name) {
        call("remove " + name, () -> {
            if (store.getTable(name.database(), name.table()) != null) {
                dropPartitionsNow(
                        name,
                        partitions(name).stream().map(CatalogPartition::values).toList());
                store.dropTable(name.database(), name.table());
            }
            return name;
        });
    }

    @Override
    public List<CatalogPartition> partitions(TableName name) {
        return call("list the partitions of " + name, () -> {
            if (store.getTable(name.database(), name.table()) == null) {
                return List.of();
            }
            return store.getPartitions(name.database(), name.table(), -1).stream()
                    .map(found -> new CatalogPartition(
                            found.getValues(), found.getSd().getLocation()))
                    .sorted(CatalogPartition.BY_VALUES)
                    .toList();
        });
    }

    @Override
    public void putPartitions(TableName name, Collection<CatalogPartition> partitions) {
        call("register partitions of " + name, () -> {
            CatalogTable table = table(name).orElseThrow();
            Map<List<String>, Partition> there = new java.util.HashMap<>();
            for (Partition found : store.getPartitions(name.database(), name.table(), -1)) {
                there.put(found.getValues(), found);
            }
            Map<String, Partition> added = new TreeMap<>();
            for (CatalogPartition partition : partitions) {
                Partition described = HiveShape.partition(table, partition);
                if (there.containsKey(partition.values())) {
                    store.alterPartition(name.database(), name.table(), partition.values(), described);
                } else {
                    added.put(String.join("\0", partition.values()), described);
                }
            }
            return added.isEmpty() || store.addPartitions(name.database(), name.table(), List.copyOf(added.values()));
        });
    }

    @Override
    public void dropPartitions(TableName name, Collection<List<String>> values) {
        call("remove partitions of " + name, () -> dropPartitionsNow(name, values));
    }

    private boolean dropPartitionsNow(TableName name, Collection<List<String>> values) throws Exception {
        for (List<String> each : values) {
            try {
                store.dropPartition(name.database(), name.table(), each);
            } catch (NoSuchObjectException absent) {
                continue;
            }
        }
        return true;
    }

    @Override
    public String describe() {
        return "the catalog in " + folder;
    }

    @Override
    public void close() {
        store.shutdown();
        if (OPEN.merge(folder, -1, Integer::sum) > 0) {
            return;
        }
        try {
            DriverManager.getConnection("jdbc:derby:;databaseName=%s;shutdown=true".formatted(database(folder)));
        } catch (SQLException always) {
            // that is how Derby says that a database is shut down, and free for the next process
            return;
        }
    }

    private interface Work<T> {
        T run() throws Exception;
    }

    private <T> T call(String what, Work<T> work) {
        try {
            // the store counts the time of every query, and wants to be told of the first
            Deadline.registerIfNot(LONGEST_QUERY_MILLIS);
            boolean isFirst = Deadline.startTimer(what);
            try {
                return work.run();
            } finally {
                if (isFirst) {
                    // or the next call in this thread would be as late as this one is old
                    Deadline.stopTimer();
                }
            }
        } catch (StorageException known) {
            throw known;
        } catch (Exception failed) {
            throw new StorageException("Cannot %s in %s: %s".formatted(what, describe(), reason(failed)), failed);
        }
    }

    private static String reason(Throwable failed) {
        return Stream.iterate(failed, cause -> cause != null, Throwable::getCause)
                .map(cause ->
                        String.valueOf(cause.getMessage()).lines().findFirst().orElse(""))
                .reduce((first, last) -> last)
                .orElse("");
    }
}
