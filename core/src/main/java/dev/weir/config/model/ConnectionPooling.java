package dev.weir.config.model;

/**
 * How a server's connections wait for further requests.
 *
 * @param idleMax {@code pool-max-conn}, -1 for any number
 * @param purgeDelayMs {@code pool-purge-delay}
 * @param reuseMax {@code max-reuse}, -1 for any number of times
 */
public record ConnectionPooling(int idleMax, long purgeDelayMs, int reuseMax) {}
