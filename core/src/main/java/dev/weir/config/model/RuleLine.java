package dev.weir.config.model;

import java.util.List;

/** One rule: the words after the rule set's own, action first, condition last ({@code set-var(sess.x) src if LOCALHOST}). */
public record RuleLine(Position at, RuleSet set, List<String> words) {}
