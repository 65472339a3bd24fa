package io.crossfoot.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The columns whose values say who somebody is. They are data, and stay in the data and in quarantine as they came; no
 * report, log, event or message shows them.
 */
public final class PersonalColumns {
    /** What stands for a value that is not shown. */
    public static final String MASK = "•••";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NOT_SHOWN = "(not shown: it may hold personal values)";

    private final Set<String> names;

    /** @param names in any case, under every name that a source or a contract has for them */
    public PersonalColumns(Set<String> names) {
        this.names = names.stream().map(PersonalColumns::folded).collect(Collectors.toUnmodifiableSet());
    }

    /** Returns the personal columns of a run, under their names in the contract and in the sources. */
    static PersonalColumns of(RunReport report) {
        Set<String> names = new HashSet<>(split(report.settings().getOrDefault("personal", "none")));
        names.remove("none");
        PersonalColumns personal = new PersonalColumns(names);
        for (String key : List.of("rename-sales", "rename-customers")) {
            for (String rename : split(report.settings().getOrDefault(key, ""))) {
                int equals = rename.lastIndexOf('=');
                if (personal.contains(rename.substring(equals + 1))) {
                    names.add(rename.substring(0, Math.max(0, equals)));
                }
            }
        }
        return new PersonalColumns(names);
    }

    private static List<String> split(String list) {
        return List.of(list.split(","));
    }

    public boolean contains(String column) {
        return column != null && names.contains(folded(column));
    }

    /** Returns a quarantined row without what it says of persons. */
    public QuarantineSample masked(QuarantineSample sample) {
        boolean isPersonal = isAnyOf(sample.column());
        return new QuarantineSample(
                sample.table(),
                sample.reason(),
                sample.column(),
                isPersonal && sample.value() != null ? MASK : sample.value(),
                sample.file(),
                maskedRow(sample.row()));
    }

    /** What is wrong with a key of several columns is said of them all, with their names and values joined. */
    private boolean isAnyOf(String columns) {
        return contains(columns)
                || columns != null && Arrays.stream(columns.split(", ")).anyMatch(this::contains);
    }

    /** A row that could not be taken apart is not shown at all where anything is personal. */
    private String maskedRow(String row) {
        if (names.isEmpty() || row == null) {
            return row;
        }
        try {
            if (JSON.readTree(row) instanceof ObjectNode object) {
                return mask(object).toString();
            }
        } catch (JsonProcessingException noObject) {
            // a line of CSV, say
        }
        return NOT_SHOWN;
    }

    private JsonNode mask(ObjectNode object) {
        List<String> columns = new ArrayList<>();
        object.fieldNames().forEachRemaining(columns::add);
        for (String column : columns) {
            JsonNode value = object.get(column);
            if (contains(column) && !value.isNull()) {
                object.put(column, MASK);
            } else if (value.isContainerNode() && !value.isEmpty()) {
                // what lies deeper has names of its own
                object.put(column, NOT_SHOWN);
            }
        }
        return object;
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
