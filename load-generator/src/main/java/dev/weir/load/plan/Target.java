package dev.weir.load.plan;

import dev.weir.bridge.transport.Endpoint;
import java.util.List;

/**
 * One server with all that is asked of it.
 *
 * @param name for messages: host and port as written
 * @param endpoint resolved
 * @param jobs its requests
 * @param deck positions in {@code jobs}, in the order in which they are taken, again and again
 * @param weight its share of connections and rate among all targets
 */
public record Target(String name, Endpoint endpoint, List<Job> jobs, int[] deck, double weight) {}
