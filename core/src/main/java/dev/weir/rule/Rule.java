package dev.weir.rule;

import dev.weir.acl.Condition;

/**
 * One rule. Immutable.
 *
 * @param action what it does
 * @param condition when
 * @param file of the configuration
 * @param line in the file
 */
record Rule(RuleAction action, Condition condition, String file, int line) {}
