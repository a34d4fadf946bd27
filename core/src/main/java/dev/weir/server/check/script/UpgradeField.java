package dev.weir.server.check.script;

import dev.weir.sample.ByteWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An Upgrade field of a check's request, without the HTTP/2 that a check would not speak. No state. */
final class UpgradeField {
    private UpgradeField() {}

    /**
     * Nothing if nothing is left of it.
     *
     * @return whether WebSocket is among the protocols
     */
    static boolean write(ByteWriter value, ByteWriter out) {
        String text = new String(value.array(), 0, value.length(), StandardCharsets.ISO_8859_1);
        List<String> protocols = new ArrayList<>(Arrays.asList(text.split(",")));
        if (protocols.removeIf(UpgradeField::isHttp2)) {
            text = String.join(",", protocols).strip();
        }
        if (!text.isEmpty()) {
            out.put("upgrade: ").put(ByteStrings.bytes(text)).put("\r\n");
        }
        return protocols.stream().anyMatch(protocol -> protocol.strip().equalsIgnoreCase("websocket"));
    }

    private static boolean isHttp2(String protocol) {
        String name = protocol.strip();
        return name.equalsIgnoreCase("h2c") || name.equalsIgnoreCase("h2");
    }
}
