package dev.weir.load.origin;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;

/** What an origin does with a connection; one for each address and loop. Thread: virtual threads of the loop. */
interface Service {
    /** Until the client ends; what is open then is closed by the caller. */
    void serve(Connection client) throws ConnectionFailure;
}
