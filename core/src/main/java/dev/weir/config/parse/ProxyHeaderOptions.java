package dev.weir.config.parse;

import dev.weir.config.model.ProxyProtocol;

/** Options of {@code server} lines about the PROXY headers that connections begin with. */
final class ProxyHeaderOptions {
    private static final String FIELD = "set-proxy-v2-tlv-fmt";
    private static final int TYPE_MAX = 255;
    private static final long UNSIGNED_INT = 0xFFFF_FFFFL;

    private ProxyHeaderOptions() {}

    static void fill(KeywordTable<ServerDraft> table) {
        table.supported(
                "send-proxy",
                0,
                "opens connections with a PROXY header, version 1",
                (server, line) -> server.proxyVersion = 1);
        table.supported(
                "send-proxy-v2",
                0,
                "opens connections with a PROXY header, version 2",
                (server, line) -> server.proxyVersion = 2);
        table.supported("no-send-proxy", 0, "undoes `send-proxy`", (server, line) -> undo(server, 1));
        table.supported("no-send-proxy-v2", 0, "undoes `send-proxy-v2`", (server, line) -> undo(server, 2));
        table.supported(
                "proxy-v2-options",
                0,
                "what else a header of version 2 says: `authority`, `crc32c`, `unique-id`",
                ProxyHeaderOptions::extras);
        table.supportedCall(
                FIELD,
                0,
                "`(<id>) <format>`: another field of headers of version 2, with what the format says",
                ProxyHeaderOptions::field);
    }

    private static void undo(ServerDraft server, int version) {
        if (server.proxyVersion == version) {
            server.proxyVersion = 0;
        }
    }

    private static void extras(ServerDraft server, Line line) {
        for (String option : line.argument("options").split(",")) {
            switch (option) {
                case "authority" -> server.proxyAuthority = true;
                case "crc32c" -> server.proxyCrc32c = true;
                case "unique-id" -> server.proxyUniqueId = true;
                case "ssl", "cert-cn", "ssl-cipher", "cert-sig", "cert-key" ->
                    line.alertSubject(
                            ": '" + option + "' is an option of HAProxy's that this version of Weir does not support");
                case "" -> {}
                default -> line.alertSubject(": unknown proxy-v2-options option '" + option + "'");
            }
        }
    }

    /** Without a type, which HAProxy allows, it is 0; without a format the field is empty. */
    private static void field(ServerDraft server, Line line) {
        String word = line.word(line.cursor() - 1);
        String argument = word.substring(FIELD.length());
        line.subject(line.subject() + argument);
        int type = argument.isEmpty() ? 0 : type(argument.substring(1), line);
        String format = line.next();
        if (type >= 0) {
            server.proxyFields.add(new ProxyProtocol.Field(type, format));
        }
    }

    /** Reads a number as strtoul(3) with base 0 does, and the parenthesis behind it. @return -1 after a complaint */
    private static int type(String text, Line line) {
        var number = new UnsignedNumber(text);
        if (!number.isValid()) {
            line.alertSubject(": could not convert TLV ID.");
        } else if (!text.startsWith(")", number.end())) {
            line.alertSubject(": expects set-proxy-v2-tlv(<TLV ID>).");
        } else if ((number.value() & UNSIGNED_INT) > TYPE_MAX) { // an int of C
            line.alertSubject(": the maximum allowed TLV ID is " + TYPE_MAX + ".");
        } else {
            return (int) number.value();
        }
        return -1;
    }
}
