package io.crossfoot.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Takes JSON objects, one a line, apart into columns.
 *
 * <pre>
 * value                                    customer_id | price | _crossfoot_malformed
 * {"customer_id": "C001", "price": 25.50}  C001        | 25.50 | null
 * {"customer_id": "C002", "price":         null        | null  | {"customer_id": "C002", "price":
 * </pre>
 *
 * Numbers keep the digits of the file, objects and arrays their text, and {@code null} is null. Names match whatever
 * their case. A line that is no object, or names a column twice, is malformed; blank lines are no records.
 */
final class JsonLines implements MapPartitionsFunction<Row, Row> {
    private static final long serialVersionUID = 1L;

    private final String[] names;
    private final String[] partitions;
    private final HashMap<String, Integer> positions = new HashMap<>();

    JsonLines(List<String> names, List<String> partitions) {
        this.names = names.toArray(String[]::new);
        this.partitions = partitions.toArray(String[]::new);
        for (int i = 0; i < this.names.length; i++) {
            positions.put(this.names[i].toLowerCase(Locale.ROOT), i);
        }
    }

    StructType schema() {
        StructType schema = new StructType();
        for (String name : names) {
            schema = schema.add(name, DataTypes.StringType);
        }
        for (String partition : partitions) {
            schema = schema.add(partition, DataTypes.StringType);
        }
        return schema.add(SourcePart.FILE, DataTypes.StringType)
                .add(SourcePart.MALFORMED, DataTypes.StringType)
                .add(SourcePart.UNEXPECTED, DataTypes.StringType)
                .add(SourcePart.UNEXPECTED_FIELDS, DataTypes.StringType);
    }

    @Override
    public Iterator<Row> call(Iterator<Row> lines) {
        JsonFactory factory = new JsonFactory();
        Iterable<Row> input = () -> lines;
        return java.util.stream.StreamSupport.stream(input.spliterator(), false)
                .filter(line -> !line.getString(0).isBlank())
                .map(line -> parse(factory, line))
                .iterator();
    }

    private Row parse(JsonFactory factory, Row line) {
        Object[] values = new Object[names.length + partitions.length + 4];
        String text = line.getString(0);
        String unexpected = null;
        List<String> unexpectedFields = new ArrayList<>();
        boolean escapes = text.contains("\\u");
        boolean wellFormed;
        try (JsonParser parser = factory.createParser(text)) {
            boolean[] seen = new boolean[names.length];
            wellFormed = parser.nextToken() == JsonToken.START_OBJECT;
            while (wellFormed && parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                int start = (int) parser.currentTokenLocation().getCharOffset();
                Integer position = positions.get(name.toLowerCase(Locale.ROOT));
                String value = value(parser, text);
                wellFormed = !escapes || isText(value);
                if (position == null && !isPartition(name)) {
                    unexpected = name;
                    unexpectedFields.add(
                            text.substring(start, (int) parser.currentLocation().getCharOffset()));
                } else if (position != null) {
                    wellFormed &= !seen[position];
                    seen[position] = true;
                    values[position] = value;
                }
            }
            wellFormed = wellFormed && parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null;
        } catch (IOException broken) {
            wellFormed = false;
        }
        if (!wellFormed) {
            Arrays.fill(values, null);
            unexpected = null;
            unexpectedFields.clear();
        }
        for (int i = 0; i < partitions.length; i++) {
            values[names.length + i] = line.getAs(partitions[i]);
        }
        values[values.length - 4] = line.getAs(SourcePart.FILE);
        values[values.length - 3] = wellFormed ? null : text;
        values[values.length - 2] = unexpected;
        values[values.length - 1] = unexpectedFields.isEmpty() ? null : String.join(",", unexpectedFields);
        return RowFactory.create(values);
    }

    /** Half of a surrogate pair, which only an escape can write, is no character and would become a question mark. */
    private static boolean isText(String value) {
        return value == null || StandardCharsets.UTF_8.newEncoder().canEncode(value);
    }

    private boolean isPartition(String name) {
        return Arrays.stream(partitions).anyMatch(name::equalsIgnoreCase);
    }

    private static String value(JsonParser parser, String text) throws IOException {
        JsonToken token = parser.nextToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        if (token == null || token.isScalarValue()) {
            return parser.getText();
        }
        int start = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        return text.substring(start, (int) parser.currentLocation().getCharOffset());
    }
}
