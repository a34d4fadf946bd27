/** Answers of the process itself that take time or memory to make: metrics, the statistics page. Made on threads of their own, away from the event loops. */
package dev.weir.rule.service;
