package dev.weir.rule.reply;

import dev.weir.protocol.http.FieldName;
import dev.weir.protocol.http.StatusReason;
import dev.weir.sample.ParseProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A whole HTTP response in a file: read and judged when the configuration is, sent as it stands. Its lines may end with LF alone,
 * its names become lower case. No state.
 */
public final class ErrorFile {
    private static final Pattern START = Pattern.compile("HTTP/([0-9])\\.([0-9])[ \\t]+([0-9]{3})(?:[ \\t]+(.*))?");
    private static final Pattern FIELD = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \\t]*(.*?)[ \\t]*");

    private final String name;
    private final String text;
    private int at;
    private long announcedBytes = -1;

    private ErrorFile(String name, String text) {
        this.name = name;
        this.text = text;
    }

    /**
     * The reply in a file; of an empty one that nothing is sent.
     *
     * @param folder where a relative name begins
     * @param status of the line that names the file
     * @param bytesMax {@code tune.bufsize}
     */
    public static Reply load(Path folder, String name, int status, int bytesMax) throws ParseProblem {
        byte[] bytes = read(folder, name);
        if (bytes.length > bytesMax) {
            throw new ParseProblem("'%s' is larger than a buffer (%d > %d)", name, bytes.length, bytesMax);
        }
        return bytes.length == 0
                ? new SilentReply(status)
                : new ErrorFile(name, new String(bytes, StandardCharsets.ISO_8859_1)).parse(status);
    }

    static byte[] read(Path folder, String name) throws ParseProblem {
        try {
            return Files.readAllBytes(folder.resolve(name));
        } catch (IOException e) {
            throw new ParseProblem("error opening file '%s'", name);
        }
    }

    private Reply parse(int answered) throws ParseProblem {
        skipEmptyLines();
        int start = at;
        Matcher line = START.matcher(line());
        if (!line.matches()) {
            throw malformed(start);
        }
        int status = Integer.parseInt(line.group(3));
        if (status < 200 || status > 599) {
            throw new ParseProblem("'%s': invalid http status code for an error message (%d)", name, status);
        }
        int version = (line.group(1).charAt(0) - '0') << 8 | line.group(2).charAt(0) - '0';
        String reason = line.group(4) == null ? "" : line.group(4);
        HeadTemplate.Builder head =
                new HeadTemplate.Builder(version, status, reason.isEmpty() ? StatusReason.of(status) : latin1(reason));
        fields(head);
        byte[] body = latin1(text.substring(at));
        checkBody(status, body.length);
        return new ConstantReply(answered, head.build(), body);
    }

    private void fields(HeadTemplate.Builder head) throws ParseProblem {
        int start = at;
        String line = line();
        while (!line.isEmpty()) {
            while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
                line += "  " + line();
            }
            Matcher field = FIELD.matcher(line);
            if (!field.matches()) {
                throw malformed(start);
            }
            field(head, FieldName.of(field.group(1)), field.group(2), start);
            start = at;
            line = line();
        }
    }

    private void field(HeadTemplate.Builder head, FieldName name, String value, int start) throws ParseProblem {
        if (name.text().equals("transfer-encoding")) {
            throw new ParseProblem("'%s': chunk-encoded payload not supported", this.name);
        }
        if (name.text().equals("content-length")) {
            long bytes = value.matches("[0-9]{1,9}") ? Long.parseLong(value) : -1;
            if (bytes < 0 || announcedBytes >= 0 && announcedBytes != bytes) {
                throw malformed(start);
            }
            if (announcedBytes == bytes) {
                return;
            }
            announcedBytes = bytes;
        }
        head.field(name, latin1(value));
    }

    private void checkBody(int status, int bytes) throws ParseProblem {
        boolean isBodiless = status == 204 || status == 304;
        if (isBodiless && bytes > 0) {
            throw new ParseProblem("'%s': message payload not expected", name);
        }
        if (announcedBytes >= 0 && announcedBytes != bytes && !isBodiless) {
            throw new ParseProblem(
                    "'%s': payload size does not match the announced content-length (%d != %d)",
                    name, bytes, announcedBytes);
        }
    }

    private void skipEmptyLines() {
        while (at < text.length() && (text.charAt(at) == '\r' || text.charAt(at) == '\n')) {
            at++;
        }
    }

    /** The line that starts here, without its end; the position moves behind it. */
    private String line() throws ParseProblem {
        int end = text.indexOf('\n', at);
        if (end < 0) {
            throw malformed(at);
        }
        int start = at;
        at = end + 1;
        return text.substring(start, end > start && text.charAt(end - 1) == '\r' ? end - 1 : end);
    }

    private ParseProblem malformed(int offset) {
        return new ParseProblem("'%s': unable to parse headers (error offset: %d)", name, offset);
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
