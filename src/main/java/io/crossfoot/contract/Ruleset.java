package io.crossfoot.contract;

import java.util.Optional;

/**
 * Rules in DQDL, the language of AWS Glue Data Quality: a {@code Rules = [ … ]} section, or bare rules, separated by
 * commas or line ends.
 *
 * @param text the rules; perhaps none
 * @param file where the text was read, as messages call it; empty where it was in no file
 */
public record Ruleset(String text, Optional<String> file) {
    /** Returns rules that were in no file. */
    public static Ruleset of(String text) {
        return new Ruleset(text, Optional.empty());
    }
}
