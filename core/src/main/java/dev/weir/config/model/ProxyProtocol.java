package dev.weir.config.model;

import java.util.List;

/**
 * {@code send-proxy}, {@code send-proxy-v2}, {@code proxy-v2-options} and {@code set-proxy-v2-tlv-fmt}.
 *
 * @param version 0 sends none
 * @param authority adds the host name that came in the client's own PROXY header (version 2)
 * @param crc32c adds a checksum (version 2)
 * @param uniqueId adds the text of {@code unique-id-format} (version 2)
 * @param fields what else is added, in order (version 2)
 */
public record ProxyProtocol(int version, boolean authority, boolean crc32c, boolean uniqueId, List<Field> fields) {
    /**
     * {@code set-proxy-v2-tlv-fmt}.
     *
     * @param type 0 to 255
     * @param format of its value; empty for an empty one
     */
    public record Field(int type, String format) {}
}
