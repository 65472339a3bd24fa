package io.crossfoot.contract;

import io.crossfoot.error.UsageException;
import io.crossfoot.shaded.antlr4.runtime.BaseErrorListener;
import io.crossfoot.shaded.antlr4.runtime.CharStreams;
import io.crossfoot.shaded.antlr4.runtime.CommonTokenStream;
import io.crossfoot.shaded.antlr4.runtime.ListTokenSource;
import io.crossfoot.shaded.antlr4.runtime.RecognitionException;
import io.crossfoot.shaded.antlr4.runtime.Recognizer;
import io.crossfoot.shaded.antlr4.runtime.Token;
import io.crossfoot.shaded.dqdl.DataQualityDefinitionLanguageLexer;
import io.crossfoot.shaded.dqdl.DataQualityDefinitionLanguageParser;
import io.crossfoot.shaded.dqdl.DataQualityDefinitionLanguageParser.TopLevelRuleContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The tokens of one rule, which know their places in the whole text. */
public record RuleSource(List<Token> tokens) {
    private static final Set<String> SECTIONS = Set.of("Metadata", "DataSources", "Rules", "Analyzers");

    /** Returns the rules of a {@code Rules} section or of bare text, without looking into them. */
    public static List<RuleSource> split(String dqdl) {
        List<RuleSource> sources = new ArrayList<>();
        List<Token> rule = new ArrayList<>();
        int depth = 0;
        for (Token token : withoutSection(tokensOf(dqdl))) {
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

    /** Returns the rule's syntax tree. */
    public TopLevelRuleContext tree() {
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
        TopLevelRuleContext tree = parser.topLevelRule();
        if (parser.getCurrentToken().getType() != Token.EOF) {
            throw unexpected(parser.getCurrentToken());
        }
        return tree;
    }

    private UsageException unexpected(Token token) {
        boolean end = token.getType() == Token.EOF;
        Token place = end ? tokens.get(tokens.size() - 1) : token;
        return new UsageException("Cannot read rule '%s': %s at line %d, column %d; a rule is written like %s"
                .formatted(
                        text(),
                        end ? "it ends too soon" : "unexpected '%s'".formatted(token.getText()),
                        place.getLine(),
                        place.getCharPositionInLine()
                                + 1
                                + (end ? place.getText().length() : 0),
                        "ColumnValues \"quantity\" > 0"));
    }

    private static List<Token> tokensOf(String dqdl) {
        // the grammar knows no carriage returns, and its comments end with a line
        String text = dqdl.replace("\r\n", "\n") + "\n";
        List<String> problems = new ArrayList<>();
        var lexer = new DataQualityDefinitionLanguageLexer(CharStreams.fromString(text));
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
                problems.add("Cannot read rules: %s at line %d, column %d; a rule is written like %s"
                        .formatted(
                                message.replace("token recognition error at:", "unexpected"),
                                line,
                                column + 1,
                                "ColumnValues \"quantity\" > 0"));
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
