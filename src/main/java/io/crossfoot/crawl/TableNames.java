package io.crossfoot.crawl;

import io.crossfoot.catalog.CatalogTable;
import io.crossfoot.catalog.TableName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Names tables after their folders; a table that is in the catalog already keeps its name. */
final class TableNames {
    private static final int LONGEST = 128;

    private final CrawlSettings settings;
    private final Map<String, CatalogTable> byLocation = new HashMap<>();
    private final Map<String, String> locations = new HashMap<>();

    /** @param known the tables of the database */
    TableNames(CrawlSettings settings, List<CatalogTable> known) {
        this.settings = settings;
        for (CatalogTable table : known) {
            byLocation.putIfAbsent(place(table.location()), table);
            locations.put(table.name().table(), place(table.location()));
        }
    }

    /** Returns a place in one spelling, whatever slashes and schemes it was written with. */
    static String place(String location) {
        return location.replaceFirst("^s3[an]://", "s3://")
                .replaceFirst("^file:/+", "/")
                .replaceFirst("/+$", "");
    }

    TableName of(TableFolder folder) {
        String place = place(folder.folder());
        if (byLocation.containsKey(place)) {
            return byLocation.get(place).name();
        }
        String name = plain(settings.prefix() + place.substring(place.lastIndexOf('/') + 1));
        String taken = locations.putIfAbsent(name, place);
        if (taken != null && !taken.equals(place)) {
            name = name.substring(0, Math.min(name.length(), LONGEST - 33)) + "_" + hash(place);
            locations.put(name, place);
        }
        return new TableName(settings.database(), name);
    }

    /** Lower case, and an underscore for all that is no letter, digit or underscore. */
    static String plain(String text) {
        String plain = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
        return plain.substring(0, Math.min(plain.length(), LONGEST));
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
