package io.crossfoot.emulator.catalog;

import io.crossfoot.emulator.http.Operations;

/** What Glue keeps beside the catalog, and moto keeps as well. */
public final class Untouched {
    private Untouched() {}

    public static void addTo(Operations operations) {
        operations.passedOn(
                "AWSGlue",
                "CreateConnection",
                "CreateRegistry",
                "CreateSchema",
                "CreateSecurityConfiguration",
                "DeleteConnection",
                "DeleteRegistry",
                "DeleteSchema",
                "DeleteSecurityConfiguration",
                "GetConnection",
                "GetConnections",
                "GetRegistry",
                "GetSchema",
                "GetSchemaByDefinition",
                "GetSchemaVersion",
                "GetSecurityConfiguration",
                "GetSecurityConfigurations",
                "GetTags",
                "ListRegistries",
                "PutSchemaVersionMetadata",
                "RegisterSchemaVersion",
                "TagResource",
                "UntagResource",
                "UpdateSchema");
    }
}
