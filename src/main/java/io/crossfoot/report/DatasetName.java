package io.crossfoot.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfoot.catalog.CatalogSource;
import io.crossfoot.catalog.TablePlace;
import io.crossfoot.report.RunReport.TableRead;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.Path;

/** What OpenLineage calls a place: {@code s3://bucket} and the key in it, {@code file} and the path. */
record DatasetName(String namespace, String name) {
    /** What they hold has a key, and no path: it does not begin with a slash. */
    private static final Set<String> OBJECT_STORES = Set.of("s3", "gs", "abfs", "abfss", "wasb", "wasbs");

    /**
     * A table of a catalog is called by the folder of its files, as every reader of them would.
     *
     * @param known what the catalog says of the table
     */
    static DatasetName of(TableRead table, Optional<TablePlace> known) {
        if (!isOfCatalog(table)) {
            return of(table.location());
        }
        if (!table.files().isEmpty()) {
            return of(folder(table.files().get(0).path()));
        }
        return known.map(TablePlace::location)
                .filter(folder -> !folder.isEmpty())
                .map(DatasetName::of)
                .or(() -> known.flatMap(TablePlace::arn).map(arn -> new DatasetName(arn.namespace(), arn.resource())))
                .orElseGet(() -> new DatasetName("catalog", table.location().substring(CatalogSource.PREFIX.length())));
    }

    static boolean isOfCatalog(TableRead table) {
        return table.location().startsWith(CatalogSource.PREFIX);
    }

    static DatasetName of(String location) {
        URI uri = new Path(location).toUri();
        String path = uri.getPath().replaceFirst("(?<=.)/+$", "");
        if (uri.getScheme() == null) {
            return new DatasetName(
                    "file",
                    java.nio.file.Path.of(path).toAbsolutePath().normalize().toString());
        }
        if (uri.getAuthority() == null) {
            return new DatasetName(uri.getScheme(), path);
        }
        // one bucket may be called s3a here and s3n there
        String scheme = uri.getScheme().replaceFirst("^s3[an]$", "s3");
        boolean isOfKeys = OBJECT_STORES.contains(scheme);
        return new DatasetName(scheme + "://" + uri.getAuthority(), isOfKeys ? path.replaceFirst("^/(?=.)", "") : path);
    }

    /** Returns it as one text. */
    String inFull() {
        return namespace.equals("file") ? name : namespace + "/" + name.replaceFirst("^/", "");
    }

    private static String folder(String file) {
        Path folder = new Path(file).getParent();
        while (folder.getName().contains("=")) {
            folder = folder.getParent();
        }
        return folder.toString();
    }

    void write(ObjectNode node) {
        node.put("namespace", namespace);
        node.put("name", name);
    }
}
