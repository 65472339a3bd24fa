package io.crossfoot.crawl;

import io.crossfoot.catalog.CatalogTable;
import io.crossfoot.catalog.TableStorage;
import io.crossfoot.source.InputFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;

/** What Parquet files say of themselves in their footers. */
final class ParquetInference {
    private ParquetInference() {}

    static Inferred of(Map<InputFile, ParquetMetadata> footers) {
        LinkedHashMap<String, String> types = new LinkedHashMap<>();
        List<String> notes = new ArrayList<>();
        long rows = 0;
        long bytes = 0;
        for (Map.Entry<InputFile, ParquetMetadata> footer : footers.entrySet()) {
            footer.getValue().getFileMetaData().getSchema().getFields().forEach(field -> {
                String name = field.getName().toLowerCase(Locale.ROOT);
                String type = ParquetType.hive(field);
                String known = types.putIfAbsent(name, type);
                if (known != null && !known.equals(type)) {
                    notes.add("%s is %s in %s and %s elsewhere: Athena cannot read both"
                            .formatted(name, type, footer.getKey().name(), known));
                }
            });
            rows += footer.getValue().getBlocks().stream()
                    .mapToLong(BlockMetaData::getRowCount)
                    .sum();
            bytes += footer.getKey().bytes();
        }
        return new Inferred(
                TableStorage.parquet(),
                Inferred.columns(types),
                Map.of(CatalogTable.CLASSIFICATION, "parquet"),
                rows,
                bytes,
                notes);
    }
}
