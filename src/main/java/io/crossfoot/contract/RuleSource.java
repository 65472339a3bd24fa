package io.crossfoot.contract;

import io.crossfoot.error.NearMiss;
import io.crossfoot.error.UsageException;
import io.crossfoot.shaded.antlr4.runtime.BaseErrorListener;
import io.crossfoot.shaded.antlr4.runtime.CharStreams;
import io.crossfoot.shaded.antlr4.runtime.CommonTokenStream;
import io.crossfoot.shaded.antlr4.runtime.IntStream;
import io.crossfoot.shaded.antlr4.runtime.ListTokenSource;
import io.crossfoot.shaded.antlr4.runtime.RecognitionException;
import io.crossfoot.shaded.antlr4.runtime.Recognizer;
import io.crossfoot.shaded.antlr4.runtime.Token;
import io.crossfoot.shaded.antlr4.runtime.tree.Trees;
import io.crossfoot.shaded.dqdl.DataQualityDefinitionLanguageLexer;
import io.crossfoot.shaded.dqdl.DataQualityDefinitionLanguageParser;
import io.crossfoot.shaded.dqdl.DataQualityDefinitionLanguageParser.DqRuleContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** The tokens of one rule, which know their places in the whole text; messages name them. */
public record RuleSource(List<Token> tokens) {
    private static final Set<String> SECTIONS = Set.of("Metadata", "DataSources", "Rules", "Analyzers");

    /** What a rule has between its columns and its values, and what stands around rules. */
    private static final List<String> WORDS = List.of(
            "and",
            "or",
            "not",
            "in",
            "between",
            "matches",
            "with",
            "threshold",
            "where",
            "now()",
            "days",
            "hours",
            "minutes",
            "NULL",
            "EMPTY",
            "WHITESPACES_ONLY",
            "Rules");

    private static final String FORM = "a rule is written like ColumnValues \"quantity\" > 0";

    /**
     * Reads rule by rule.
     *
     * @param reader makes something of a rule; or throws UsageException, or IllegalArgumentException that says why not
     * @throws UsageException naming every rule that cannot be read, with its place
     */
    public static <R> List<R> read(Ruleset rules, Function<RuleSource, R> reader) {
        List<R> read = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (RuleSource source : split(rules)) {
            try {
                read.add(reader.apply(source));
            } catch (UsageException refused) {
                problems.addAll(refused.problems());
            } catch (IllegalArgumentException refused) {
                problems.add(source.refusal("", refused.getMessage()));
            }
        }
        if (!problems.isEmpty()) {
            throw new UsageException(problems);
        }
        return List.copyOf(read);
    }

    /** Returns the rules of a {@code Rules} section or of bare text, without looking into them. */
    static List<RuleSource> split(Ruleset rules) {
        List<RuleSource> sources = new ArrayList<>();
        List<Token> rule = new ArrayList<>();
        int depth = 0;
        for (Token token : withoutSection(tokensOf(rules))) {
            boolean comma = token.getType() == DataQualityDefinitionLanguageLexer.COMMA;
            if (depth == 0 && !rule.isEmpty() && (comma || begins(token, rule.get(rule.size() - 1)))) {
                sources.add(new RuleSource(List.copyOf(rule)));
                rule.clear();
            }
            if (depth > 0 || !comma) {
                rule.add(token);
            }
            depth += nesting(token);
        }
        if (!rule.isEmpty()) {
            sources.add(new RuleSource(List.copyOf(rule)));
        }
        return sources;
    }

    /** Returns the rule as it was written, with one space wherever there was space or a comment. */
    public String text() {
        StringBuilder text = new StringBuilder();
        Token last = tokens.get(0);
        for (Token token : tokens) {
            text.append(token.getStartIndex() > last.getStopIndex() + 1 ? " " : "")
                    .append(token.getText());
            last = token;
        }
        return text.toString();
    }

    /**
     * Returns the simple rules of which this one is made: itself, or those that it joins.
     *
     * @throws UsageException when it does not follow the grammar
     */
    public List<DqRuleContext> parts() {
        var parser = new DataQualityDefinitionLanguageParser(new CommonTokenStream(new ListTokenSource(tokens)));
        parser.removeErrorListeners();
        parser.addErrorListener(new BaseErrorListener() {
            @Override
            public void syntaxError(
                    Recognizer<?, ?> recognizer,
                    Object offending,
                    int line,
                    int column,
                    String message,
                    RecognitionException cause) {
                throw unexpected((Token) offending);
            }
        });
        var tree = parser.topLevelRule();
        if (parser.getCurrentToken().getType() != Token.EOF) {
            throw unexpected(parser.getCurrentToken());
        }
        return Trees.findAllRuleNodes(tree, DataQualityDefinitionLanguageParser.RULE_dqRule).stream()
                .map(DqRuleContext.class::cast)
                .toList();
    }

    /**
     * Says why this rule cannot be used.
     *
     * @param column what the reason is about, whose place is named; one that the rule does not name for the whole rule
     */
    public String refusal(String column, String reason) {
        return refusal(
                tokens.stream()
                        .filter(token -> names(token, column))
                        .findFirst()
                        .orElse(tokens.get(0)),
                reason);
    }

    /**
     * Says that there is no rule of this name.
     *
     * @param known all there are
     * @param otherwise what is said when none of them is near
     */
    public UsageException unknown(Token name, List<String> known, String otherwise) {
        String hint = NearMiss.hint(name.getText(), known);
        return new UsageException(refusal(
                name, "unknown rule '%s'%s".formatted(name.getText(), hint.isEmpty() ? "; " + otherwise : hint)));
    }

    private String refusal(Token token, String reason) {
        return "Cannot use rule '%s' at %s: %s".formatted(text(), place(token, 1), reason);
    }

    /** Whether a token is a column, or a column of another table. */
    private static boolean names(Token token, String column) {
        String name = RowRuleOperands.unescaped(token.getText().replaceAll("^\"|\"$", ""));
        return name.equals(column) || name.endsWith("." + column);
    }

    /**
     * Refuses a rule that follows the grammar only as a word with a typo was taken for one more column.
     *
     * @throws UsageException when there is such a word
     */
    public void refuseMisspelt() {
        misspelt(tokens.stream().skip(2)).ifPresent(typo -> {
            throw typo;
        });
    }

    private Optional<UsageException> misspelt(Stream<Token> suspects) {
        return suspects.filter(token -> token.getType() == DataQualityDefinitionLanguageLexer.IDENTIFIER)
                .filter(token -> !WORDS.contains(token.getText()))
                .filter(token -> NearMiss.of(token.getText(), WORDS).isPresent())
                .findFirst()
                .map(token -> unreadable(
                        place(token, 1),
                        "unexpected '%s'%s".formatted(token.getText(), NearMiss.hint(token.getText(), WORDS))));
    }

    /** The word with the typo may be the one before, if that was taken for a column. */
    private UsageException unexpected(Token token) {
        boolean end = token.getType() == Token.EOF;
        Token last = tokens.get(tokens.size() - 1);
        Token before = end ? last : tokens.get(Math.max(0, tokens.indexOf(token) - 1));
        return misspelt(Stream.of(token, before, tokens.get(0)))
                .orElseGet(() -> end
                        ? unreadable(place(last, 1 + last.getText().length()), "it ends too soon; " + FORM)
                        : unreadable(place(token, 1), "unexpected '%s'; %s".formatted(token.getText(), FORM)));
    }

    private UsageException unreadable(String place, String reason) {
        return new UsageException("Cannot read rule '%s' at %s: %s".formatted(text(), place, reason));
    }

    private static String place(Token token, int offset) {
        return place(
                token.getLine(),
                token.getCharPositionInLine() + offset,
                token.getInputStream().getSourceName());
    }

    private static String place(int line, int column, String file) {
        return "line %d, column %d".formatted(line, column)
                + (file.equals(IntStream.UNKNOWN_SOURCE_NAME) ? "" : " of " + file);
    }

    private static List<Token> tokensOf(Ruleset rules) {
        // the grammar knows no carriage returns, and its comments end with a line
        String text = rules.text().replace("\r\n", "\n") + "\n";
        String file = rules.file().orElse(IntStream.UNKNOWN_SOURCE_NAME);
        List<String> problems = new ArrayList<>();
        var lexer = new DataQualityDefinitionLanguageLexer(CharStreams.fromString(text, file));
        lexer.removeErrorListeners();
        lexer.addErrorListener(new BaseErrorListener() {
            @Override
            public void syntaxError(
                    Recognizer<?, ?> recognizer,
                    Object offending,
                    int line,
                    int column,
                    String message,
                    RecognitionException cause) {
                problems.add("Cannot read rules at %s: %s; %s"
                        .formatted(
                                place(line, column + 1, file),
                                message.replace("token recognition error at:", "unexpected"),
                                FORM));
            }
        });
        List<? extends Token> tokens = lexer.getAllTokens();
        if (!problems.isEmpty()) {
            throw new UsageException(problems);
        }
        return List.copyOf(tokens);
    }

    private static List<Token> withoutSection(List<Token> tokens) {
        List<String> sections =
                tokens.stream().map(Token::getText).filter(SECTIONS::contains).toList();
        if (sections.isEmpty()) {
            return tokens;
        }
        List<String> texts = tokens.stream().map(Token::getText).toList();
        int last = tokens.size() - 1;
        if (sections.size() == 1
                && last > 2
                && texts.subList(0, 3).equals(List.of("Rules", "=", "["))
                && texts.get(last).equals("]")) {
            return tokens.subList(3, last);
        }
        throw new UsageException("Cannot read rules: the text has sections (%s), and is not just one Rules = [ ... ]; "
                .formatted(String.join(", ", sections))
                .concat("leave out constants, metadata, data sources and analyzers"));
    }

    /** A rule that is not set off by a comma begins on a new line, with its name or a parenthesis. */
    private static boolean begins(Token token, Token previous) {
        boolean joined = previous.getType() == DataQualityDefinitionLanguageLexer.AND
                || previous.getType() == DataQualityDefinitionLanguageLexer.OR;
        boolean first = token.getType() == DataQualityDefinitionLanguageLexer.IDENTIFIER
                || token.getType() == DataQualityDefinitionLanguageLexer.LPAREN;
        return token.getLine() > previous.getLine() && first && !joined;
    }

    private static int nesting(Token token) {
        return switch (token.getType()) {
            case DataQualityDefinitionLanguageLexer.LBRAC, DataQualityDefinitionLanguageLexer.LPAREN -> 1;
            case DataQualityDefinitionLanguageLexer.RBRAC, DataQualityDefinitionLanguageLexer.RPAREN -> -1;
            default -> 0;
        };
    }
}
