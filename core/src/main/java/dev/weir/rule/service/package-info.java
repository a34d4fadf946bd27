/** Answers of the process itself that take time or memory to make: metrics, the statistics page. Made away from the event loops. */
package dev.weir.rule.service;
