package dev.weir.listen;

import dev.weir.bridge.transport.Listener;

/**
 * A listener that another process may take.
 *
 * @param device network interface that it is bound to, empty for all
 */
public record SharedListener(Listener listener, String device) {
    public static SharedListener of(Listener listener, String device) {
        return new SharedListener(listener, device == null ? "" : device);
    }
}
