package dev.weir.rule;

import dev.weir.acl.Condition;

/**
 * One rule of an HTTP set. Immutable.
 *
 * @param action what it does
 * @param condition when
 * @param file of the configuration
 * @param line in the file
 */
record HttpRule(HttpAction action, Condition condition, String file, int line) {}
