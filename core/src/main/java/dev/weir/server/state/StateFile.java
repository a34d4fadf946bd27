package dev.weir.server.state;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A file in the form of {@code show servers state}: the version alone, then a line a server; {@code #} begins a comment. Not
 * trusted: lines and file have limits, and one line that cannot be read makes the whole file worthless, as in HAProxy.
 *
 * @param finding what is to be said of it
 * @param faultyLine counted from the one behind the version, where {@code finding} is CORRUPTED
 */
public record StateFile(Finding finding, int faultyLine, List<StateLine> lines) {
    private static final int LINE_BYTES_MAX = 1999;
    private static final int FILE_BYTES_MAX = 64 << 20;
    private static final String VERSION = "1";

    /** What a file turned out to be. */
    public enum Finding {
        READABLE,
        EMPTY,
        WITHOUT_VERSION,
        CORRUPTED
    }

    /** @throws IOException if it cannot be read; {@link java.nio.file.NoSuchFileException} if it is not there */
    public static StateFile read(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(FILE_BYTES_MAX + 1);
            if (bytes.length > FILE_BYTES_MAX) {
                throw new IOException("it is larger than 64 MiB");
            }
            return parse(new String(bytes, StandardCharsets.ISO_8859_1));
        }
    }

    static StateFile parse(String text) {
        if (text.isEmpty()) {
            return new StateFile(Finding.EMPTY, 0, List.of());
        }
        int end = text.indexOf('\n');
        if (end < 0 || !text.substring(0, end).strip().equals(VERSION)) {
            return new StateFile(Finding.WITHOUT_VERSION, 0, List.of());
        }
        return parseLines(text, end + 1);
    }

    private static StateFile parseLines(String text, int from) {
        List<StateLine> lines = new ArrayList<>();
        int number = 1;
        for (int at = from; at < text.length(); number++) {
            int end = text.indexOf('\n', at);
            if (end < 0 || end - at >= LINE_BYTES_MAX) {
                return new StateFile(Finding.CORRUPTED, number, List.of());
            }
            String line = text.substring(at, end).strip();
            if (!line.isEmpty() && line.charAt(0) != '#') {
                List<String> words = Arrays.asList(line.split("[ \t]+"));
                if (words.size() < StateLine.NAMES + StateLine.FIELDS_MIN) {
                    return new StateFile(Finding.CORRUPTED, number, List.of());
                }
                lines.add(StateLine.of(words));
            }
            at = end + 1;
        }
        return new StateFile(Finding.READABLE, 0, lines);
    }
}
