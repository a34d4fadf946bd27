package dev.weir.config.model;

import java.util.List;

/**
 * {@code bind <address>[,...] [options]}.
 *
 * @param addresses as written; a port range is one entry
 * @param label for people, empty for none
 * @param guidPrefix what the GUIDs of its listeners begin with, empty for none
 * @param id 0 if not given
 * @param maxConn 0 for the frontend's
 * @param backlog 0 for the frontend's
 * @param maxSegmentBytes {@code mss}: negative means less than the kernel's
 * @param threadFirst first thread that may accept, 0 for all
 * @param threadLast last thread that may accept, 0 for all
 */
public record BindLine(
        Position at,
        List<AddressSpec> addresses,
        String name,
        String label,
        String guidPrefix,
        int id,
        int maxConn,
        int backlog,
        boolean acceptProxy,
        boolean deferAccept,
        String device,
        int maxSegmentBytes,
        long userTimeoutMs,
        boolean fastOpen,
        boolean transparent,
        FamilyUse families,
        UnixRights rights,
        int threadFirst,
        int threadLast) {

    /** How many listeners it makes: one for each address and port. */
    public int listenerCount() {
        int count = 0;
        for (AddressSpec address : addresses) {
            count += address instanceof AddressSpec.Inet inet ? inet.portLast() - inet.port() + 1 : 1;
        }
        return count;
    }

    /** The GUID of its listener of that number, from 0; empty for none. */
    public String guid(int number) {
        return guidPrefix.isEmpty() ? "" : guidPrefix + "-" + number;
    }

    /** {@code v4v6}, {@code v6only} or neither: an IPv6 wildcard follows the system then. */
    public enum FamilyUse {
        DEFAULT,
        BOTH,
        IPV6_ONLY
    }

    /** Owner and permissions of a UNIX socket, -1 where nothing is set. */
    public record UnixRights(int mode, int uid, int gid, String user, String group) {
        public static final UnixRights NONE = new UnixRights(-1, -1, -1, "", "");
    }
}
