package dev.weir.protocol.http1;

import dev.weir.protocol.http.FieldName;
import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.Slice;
import java.util.ArrayList;
import java.util.List;

/**
 * How the names of some fields are to be written for peers who mind case ({@code h1-case-adjust}). Built once, then read by any
 * thread.
 */
public final class NameCases {
    /** Names in lower case. */
    public static final NameCases NONE = new NameCases(List.of());

    private final FieldName[] names;
    private final byte[][] written;
    private long nameBits;

    private NameCases(List<String> written) {
        this.names = new FieldName[written.size()];
        this.written = new byte[written.size()][];
        for (int i = 0; i < names.length; i++) {
            names[i] = FieldName.of(written.get(i));
            this.written[i] = written.get(i).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
            nameBits |= 1L << names[i].hash();
        }
    }

    /** @param written names as they are to be written */
    public static NameCases of(List<String> written) {
        return written.isEmpty() ? NONE : new NameCases(new ArrayList<>(written));
    }

    /** How to write the name of a field, null for lower case. */
    byte[] of(MessageHead head, int field) {
        int hash = head.nameHash(field);
        if ((nameBits >>> hash & 1) == 0) {
            return null;
        }
        for (int i = 0; i < names.length; i++) {
            long name = head.name(field);
            if (names[i].hash() == hash && names[i].isAt(head.bytes(name), Slice.offset(name), Slice.length(name))) {
                return written[i];
            }
        }
        return null;
    }
}
