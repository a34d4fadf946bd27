package dev.weir.server;

import org.agrona.MutableDirectBuffer;

/** What a session adds to PROXY headers of version 2 that introduce its client. Thread: the session's. */
public interface HeaderFields {
    /**
     * Puts the fields of a server behind what is there, by {@link ProxyHeaderWriter#writeField}.
     *
     * @param bytesMax how long the header may get; a field that does not fit is left out
     * @return where the header ends now
     */
    int write(Server server, MutableDirectBuffer header, int end, int bytesMax);
}
