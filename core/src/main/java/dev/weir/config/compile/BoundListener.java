package dev.weir.config.compile;

import dev.weir.bridge.transport.ListenOptions;
import dev.weir.config.model.BindLine;

/**
 * One listening socket of a frontend: a {@code bind} line has one for each of its addresses and ports.
 *
 * @param name of statistics and logs; the line's, else {@code sock-<id>}
 * @param id {@code so_id}
 * @param guid empty for none
 * @param maxConn concurrent connections, 0 for the frontend's limit alone
 */
public record BoundListener(BindLine line, String name, int id, String guid, int maxConn, ListenOptions options) {}
