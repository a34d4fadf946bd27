package dev.weir.server.check.script;

import dev.weir.sample.ByteWriter;

/** What a {@link SendStep} sends. Immutable; any loop. */
interface Payload {
    /** @return false if it cannot be built; nothing written is nothing to send */
    boolean write(CheckRun run, ByteWriter out);
}
