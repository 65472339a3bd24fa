package io.crossfoot.emulator.athena;

import io.crossfoot.emulator.http.AwsError;
import io.trino.sql.parser.ParsingException;
import io.trino.sql.parser.SqlParser;
import io.trino.sql.tree.AliasedRelation;
import io.trino.sql.tree.DefaultTraversalVisitor;
import io.trino.sql.tree.Node;
import io.trino.sql.tree.NodeLocation;
import io.trino.sql.tree.Query;
import io.trino.sql.tree.Table;
import io.trino.sql.tree.WithQuery;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A query that Athena's grammar accepts, and the tables that it names.
 *
 * @param sql the text, as it came
 */
record Statement(String sql, List<TableUse> tables) {
    private static final int LONGEST = 262_144;
    private static final int DEEPEST = 50;
    private static final SqlParser PARSER = new SqlParser();
    private static final Pattern HIVE_STATEMENT = Pattern.compile(
            "\\s*(create\\s+(external|table|database|schema|view|or)|alter|drop|msck|show|describe|desc|insert|unload|merge|update|delete"
                    + "|prepare|execute|deallocate|explain|vacuum|optimize|truncate|grant|revoke)\\b.*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final String PART = "(?:\"(?:[^\"]|\"\")*\"|[A-Za-z_][A-Za-z0-9_@$]*)";
    private static final Pattern NAME = Pattern.compile(PART + "(?:\\s*\\.\\s*" + PART + ")*");

    /**
     * A table where a query names it.
     *
     * @param parts its name, from the widest part to the narrowest, in lower case
     * @param start where the name begins in the text
     * @param aliased whether the query gives it a name of its own
     */
    record TableUse(List<String> parts, int start, int end, int line, int column, boolean aliased) {
        String name() {
            return parts.get(parts.size() - 1);
        }
    }

    /**
     * Parses a query.
     *
     * @throws AwsError when the grammar refuses it, in the grammar's words; or when it is a statement that Athena knows and
     *     the emulator does not
     */
    static Statement parse(String sql) {
        if (HIVE_STATEMENT.matcher(sql).matches()) {
            throw AwsError.notImplemented("The emulator answers queries (SELECT, WITH, VALUES) only, not: "
                    + sql.strip().lines().findFirst().orElse(""));
        }
        requireReadable(sql);
        try {
            String text = sql.replaceFirst(";\\s*$", "");
            if (!(PARSER.createStatement(text) instanceof Query query)) {
                throw AwsError.notImplemented("The emulator answers queries (SELECT, WITH, VALUES) only");
            }
            return new Statement(text, Tables.of(text, query));
        } catch (ParsingException refused) {
            throw AwsError.invalidRequest(refused.getMessage());
        }
    }

    /** The parser takes minutes over what is nested some hundred times. */
    private static void requireReadable(String sql) {
        int depth = 0;
        int deepest = 0;
        for (int index = 0; index < sql.length(); index++) {
            char character = sql.charAt(index);
            depth += character == '(' ? 1 : character == ')' ? -1 : 0;
            deepest = Math.max(deepest, depth);
        }
        if (sql.length() > LONGEST) {
            throw AwsError.invalidRequest("The query is longer than %d characters".formatted(LONGEST));
        }
        if (deepest > DEEPEST) {
            throw AwsError.invalidRequest("The query is nested more than %d times".formatted(DEEPEST));
        }
    }

    /** Returns the text with other names in the place of the tables, in their order; each keeps the name that columns use. */
    String rename(List<String> names) {
        StringBuilder renamed = new StringBuilder();
        int from = 0;
        for (int index = 0; index < tables.size(); index++) {
            TableUse table = tables.get(index);
            renamed.append(sql, from, table.start()).append(names.get(index));
            if (!table.aliased()) {
                renamed.append(" AS \"")
                        .append(table.name().replace("\"", "\"\""))
                        .append('"');
            }
            from = table.end();
        }
        return renamed.append(sql, from, sql.length()).toString();
    }

    /** Collects tables; a name that a WITH defines is none. */
    private static final class Tables extends DefaultTraversalVisitor<Boolean> {
        private final String sql;
        private final Set<String> defined = new HashSet<>();
        private final List<TableUse> found = new ArrayList<>();

        private Tables(String sql) {
            this.sql = sql;
        }

        static List<TableUse> of(String sql, Query query) {
            Tables tables = new Tables(sql);
            tables.process(query, false);
            return tables.found.stream()
                    .filter(use -> use.parts().size() > 1 || !tables.defined.contains(use.name()))
                    .sorted(Comparator.comparingInt(TableUse::start))
                    .toList();
        }

        @Override
        protected Void visitWithQuery(WithQuery node, Boolean aliased) {
            defined.add(node.getName().getValue().toLowerCase(Locale.ROOT));
            return super.visitWithQuery(node, aliased);
        }

        @Override
        protected Void visitAliasedRelation(AliasedRelation node, Boolean aliased) {
            return process(node.getRelation(), node.getRelation() instanceof Table);
        }

        @Override
        public Void process(Node node, Boolean aliased) {
            return super.process(node, node instanceof Table && aliased);
        }

        @Override
        protected Void visitTable(Table node, Boolean aliased) {
            NodeLocation place = node.getLocation().orElseThrow();
            int start = offset(place);
            Matcher name = NAME.matcher(sql);
            if (!name.find(start) || name.start() != start) {
                throw AwsError.invalidRequest("line %d:%d: the table's name is not understood"
                        .formatted(place.getLineNumber(), place.getColumnNumber()));
            }
            found.add(new TableUse(
                    node.getName().getParts(),
                    start,
                    name.end(),
                    place.getLineNumber(),
                    place.getColumnNumber(),
                    aliased));
            return null;
        }

        private int offset(NodeLocation place) {
            int start = 0;
            for (int line = 1; line < place.getLineNumber(); line++) {
                start = sql.indexOf('\n', start) + 1;
            }
            return start + place.getColumnNumber() - 1;
        }
    }
}
