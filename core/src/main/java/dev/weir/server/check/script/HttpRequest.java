package dev.weir.server.check.script;

import dev.weir.rule.FormattedText;
import dev.weir.sample.ByteWriter;
import dev.weir.sample.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** An HTTP request of a check, with what {@code option httpchk} and {@code http-check send} say about it. */
final class HttpRequest {
    /** A field to send. */
    record Field(String name, FormattedText value) {
        boolean isNamed(String other) {
            return name.equalsIgnoreCase(other);
        }
    }

    private static final String DEFAULT_VERSION = "HTTP/1.0";
    /** Those of which nobody awaits a body: that there is none is not said. */
    private static final Set<String> BODILESS_METHODS = Set.of("GET", "HEAD", "OPTIONS", "DELETE");

    /** Empty for OPTIONS. */
    String method = "";
    /** Null for the root. */
    FormattedText uri;

    String version = "";
    List<Field> fields = new ArrayList<>();
    /** Null for none. */
    FormattedText body;

    /** What another line says replaces what this one says. */
    void overwrite(HttpRequest other) {
        method = other.method.isEmpty() ? method : other.method;
        uri = other.uri == null ? uri : other.uri;
        version = other.version.isEmpty() ? version : other.version;
        fields = other.fields.isEmpty() ? fields : other.fields;
        body = other.body == null ? body : other.body;
    }

    /** @param sendsState tells the server how it is seen ({@code http-check send-state}) */
    Payload payload(boolean sendsState) {
        return new Sent(
                method.isEmpty() ? "OPTIONS" : method,
                uri,
                version.isEmpty() ? DEFAULT_VERSION : version,
                List.copyOf(fields),
                body,
                sendsState);
    }

    private record Sent(
            String method,
            FormattedText uri,
            String version,
            List<Field> fields,
            FormattedText body,
            boolean sendsState)
            implements Payload {

        @Override
        public boolean write(CheckRun run, ByteWriter out) {
            out.put(ByteStrings.bytes(method)).put(' ');
            boolean isWritten = writeUri(run, out);
            out.put(' ').put(ByteStrings.bytes(version)).put("\r\n");
            ConnectionFields connection = new ConnectionFields(version.equals(DEFAULT_VERSION));
            boolean asksForWebSocket = false;
            boolean hasKey = false;
            for (Field field : fields) {
                if (field.isNamed("connection") || field.isNamed("upgrade")) {
                    ByteWriter value = new ByteWriter(64, Sample.BYTES_MAX);
                    isWritten &= Payloads.write(field.value, run, value);
                    if (field.isNamed("upgrade")) {
                        asksForWebSocket |= UpgradeField.write(value, out);
                    } else {
                        connection.write(value, out);
                    }
                } else if (!field.isNamed("content-length") && !field.isNamed("transfer-encoding")) {
                    isWritten &= writeField(field, run, out);
                    hasKey |= field.isNamed(WebSocketKey.NAME);
                }
            }
            if (sendsState) {
                out.put("x-haproxy-server-state: ")
                        .put(StateHeader.of(run.server(), run.scene().node()))
                        .put("\r\n");
            }
            boolean wantsKey = asksForWebSocket && !hasKey;
            return isWritten && writeEnd(run, out, connection, wantsKey) && !out.isOverflowed();
        }

        private static boolean writeField(Field field, CheckRun run, ByteWriter out) {
            out.put(ByteStrings.bytes(field.name.toLowerCase(Locale.ROOT))).put(": ");
            boolean isWritten = Payloads.write(field.value, run, out);
            out.put("\r\n");
            return isWritten;
        }

        private boolean writeEnd(CheckRun run, ByteWriter out, ConnectionFields connection, boolean wantsKey) {
            ByteWriter content = new ByteWriter(64, Sample.BYTES_MAX);
            boolean isWritten = body == null || Payloads.write(body, run, content);
            if (body != null || !BODILESS_METHODS.contains(method)) {
                out.put("content-length: ").putDecimal(content.length()).put("\r\n");
            }
            connection.writeEnd(out);
            if (wantsKey && connection.isUpgrading()) {
                run.reply().awaitWebSocket(WebSocketKey.write(out));
            }
            out.put("\r\n").put(content.array(), 0, content.length());
            return isWritten;
        }

        /** The host of an absolute URI is the one that the Host field names. */
        private boolean writeUri(CheckRun run, ByteWriter out) {
            if (uri == null) {
                out.put('/');
                return true;
            }
            int start = out.length();
            boolean isWritten = Payloads.write(uri, run, out);
            if (out.length() == start) {
                out.put('/');
            }
            for (Field field : fields) {
                if (field.isNamed("host")) {
                    isWritten &= replaceAuthority(field, run, out, start);
                }
            }
            return isWritten;
        }

        private static boolean replaceAuthority(Field host, CheckRun run, ByteWriter out, int start) {
            byte[] written = out.array();
            int end = out.length();
            int authority = authority(written, start, end);
            if (authority < 0) {
                return true;
            }
            int path = authority;
            while (path < end && written[path] != '/' && written[path] != '?') {
                path++;
            }
            byte[] rest = Arrays.copyOfRange(written, path, end);
            out.length(authority);
            boolean isWritten = Payloads.write(host.value, run, out);
            out.put(rest);
            return isWritten;
        }

        /** Where the authority of an absolute URI begins, or -1. */
        private static int authority(byte[] uri, int start, int end) {
            for (int i = start; i + 2 < end; i++) {
                if (uri[i] == ':' && uri[i + 1] == '/' && uri[i + 2] == '/') {
                    return i > start ? i + 3 : -1;
                }
                if (uri[i] == '/' || uri[i] == '?') {
                    return -1;
                }
            }
            return -1;
        }
    }
}
