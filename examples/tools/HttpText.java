import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Just enough of HTTP/1.1 for both ends of the load scripts, which believe what the other one sends. */
final class HttpText {
    private static final int LINE_BYTES_MAX = 16384;

    private HttpText() {}

    /** A line without its end, or null if there is none. */
    static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        int c = in.read();
        while (c >= 0 && c != '\n' && line.length() < LINE_BYTES_MAX) {
            line.append((char) c);
            c = in.read();
        }
        if (c != '\n') {
            if (line.isEmpty()) {
                return null;
            }
            throw new EOFException("in the middle of a line");
        }
        line.setLength(line.length() - (line.length() > 0 && line.charAt(line.length() - 1) == '\r' ? 1 : 0));
        return line.toString();
    }

    /** Header fields up to the empty line, names in lower case. */
    static Map<String, String> fields(InputStream in) throws IOException {
        Map<String, String> fields = new TreeMap<>();
        for (String line = line(in); line == null || !line.isEmpty(); line = line(in)) {
            if (line == null) {
                throw new EOFException("in the middle of a head");
            }
            int colon = line.indexOf(':');
            fields.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).trim());
        }
        return fields;
    }

    /** The body that the fields announce; nothing where they announce none. */
    static byte[] body(InputStream in, Map<String, String> fields) throws IOException {
        if (fields.containsKey("transfer-encoding")) {
            return chunks(in);
        }
        int length = Integer.parseInt(fields.getOrDefault("content-length", "0"));
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("body: " + body.length + " of " + length);
        }
        return body;
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int length = chunkLength(in); length > 0; length = chunkLength(in)) {
            byte[] chunk = in.readNBytes(length);
            if (chunk.length < length || line(in) == null) {
                throw new EOFException("in the middle of a chunk");
            }
            body.writeBytes(chunk);
        }
        fields(in); // trailers
        return body.toByteArray();
    }

    private static int chunkLength(InputStream in) throws IOException {
        String line = line(in);
        if (line == null) {
            throw new EOFException("where a chunk should be");
        }
        int end = line.indexOf(';');
        return Integer.parseInt((end < 0 ? line : line.substring(0, end)).trim(), 16);
    }
}
