package io.crossfoot.emulator.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfoot.emulator.http.AwsError;
import io.crossfoot.emulator.http.Call;
import io.crossfoot.emulator.http.Json;
import io.crossfoot.emulator.http.Operations;
import io.crossfoot.emulator.moto.Moto;
import java.util.Optional;

/** The Data Catalog: moto's, but for the lock on a table's version, which moto leaves out. */
public final class DataCatalog {
    private static final int LOCKS = 64;

    private final Object[] locks = new Object[LOCKS];
    private final Moto moto;

    public DataCatalog(Moto moto) {
        this.moto = moto;
        for (int index = 0; index < LOCKS; index++) {
            locks[index] = new Object();
        }
    }

    public void addTo(Operations operations) {
        operations
                .real("AWSGlue.UpdateTable", this::update)
                .passedOn(
                        "AWSGlue",
                        "BatchCreatePartition",
                        "BatchDeletePartition",
                        "BatchDeleteTable",
                        "BatchGetPartition",
                        "BatchUpdatePartition",
                        "CreateDatabase",
                        "CreatePartition",
                        "CreateTable",
                        "DeleteDatabase",
                        "DeletePartition",
                        "DeleteResourcePolicy",
                        "DeleteTable",
                        "DeleteTableVersion",
                        "GetDataCatalogEncryptionSettings",
                        "GetDatabase",
                        "GetDatabases",
                        "GetPartition",
                        "GetPartitionIndexes",
                        "GetPartitions",
                        "GetResourcePolicy",
                        "GetTable",
                        "GetTableVersion",
                        "GetTableVersions",
                        "GetTables",
                        "PutDataCatalogEncryptionSettings",
                        "PutResourcePolicy",
                        "UpdateDatabase",
                        "UpdatePartition");
    }

    /** Two writers that both read version 7 cannot both write version 8: the second is told so. */
    private JsonNode update(Call call) {
        String database = call.required("DatabaseName");
        String table = call.object("TableInput").path("Name").asText();
        Optional<String> expected = call.text("VersionId");
        synchronized (lock(call.region(), database, table)) {
            expected.ifPresent(version -> requireCurrent(call, database, table, version));
            return moto.call(call);
        }
    }

    private void requireCurrent(Call call, String database, String table, String expected) {
        ObjectNode name = Json.object().put("DatabaseName", database).put("Name", table);
        String current = moto.call(call.region(), "AWSGlue.GetTable", name)
                .path("Table")
                .path("VersionId")
                .asText();
        if (!current.equals(expected)) {
            throw AwsError.of(
                    "ConcurrentModificationException",
                    "Update table failed due to concurrent modifications: %s.%s has version %s, not %s"
                            .formatted(database, table, current, expected));
        }
    }

    /** Tables that share a lock wait for each other now and then, and no memory is held for those long gone. */
    private Object lock(String region, String database, String table) {
        return locks[Math.floorMod((region + "/" + database + "/" + table).hashCode(), LOCKS)];
    }
}
