package io.crossfoot.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;

/** What the Hive-style folders of a file say: {@code order_date=2024-01-15/region=North/}. */
final class PartitionFolders {
    private static final String NULL = "__HIVE_DEFAULT_PARTITION__";
    private static final Pattern ESCAPED = Pattern.compile("%([0-9A-Fa-f]{2})");

    private PartitionFolders() {}

    /** Returns the values by the names of the columns; null where the folder stands for null. */
    static Map<String, String> values(InputFile file) {
        if (!file.stated().isEmpty()) {
            return file.stated();
        }
        Map<String, String> values = new HashMap<>();
        int left = file.partitions().size();
        for (Path folder = new Path(file.path()).getParent(); left > 0; folder = folder.getParent()) {
            String name = folder.getName();
            int equals = name.indexOf('=');
            if (equals > 0) {
                left--;
                String text = name.substring(equals + 1);
                values.put(file.partitions().get(left), text.equals(NULL) ? null : unescaped(text));
            }
        }
        return values;
    }

    /** Returns the values in the order of the columns; null where the folder stands for null. */
    static List<String> texts(InputFile file) {
        Map<String, String> values = values(file);
        List<String> texts = new ArrayList<>();
        file.partitions().forEach(name -> texts.add(values.get(name)));
        return texts;
    }

    /** Writers escape characters that folders cannot have, as %2F for a slash. */
    private static String unescaped(String text) {
        return ESCAPED.matcher(text)
                .replaceAll(found -> java.util.regex.Matcher.quoteReplacement(
                        String.valueOf((char) Integer.parseInt(found.group(1), 16))));
    }
}
