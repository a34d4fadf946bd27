package dev.weir.load.plan;

import dev.weir.load.http.RequestBytes.Header;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of requests in vegeta's form: {@code METHOD URL}, header lines, {@code @file} for a body, an empty line between requests.
 * Lines that begin with {@code #} are passed over.
 */
public final class RequestFile {
    /** One request of the file. */
    public record Entry(String method, String url, List<Header> headers, byte[] body) {}

    private final Path file;
    private final List<Entry> entries = new ArrayList<>();
    private String method;
    private String url;
    private List<Header> headers = new ArrayList<>();
    private byte[] body = {};

    private RequestFile(Path file) {
        this.file = file;
    }

    /** Reads all of them. */
    public static List<Entry> read(Path file) {
        RequestFile reader = new RequestFile(file);
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new PlanException("cannot read " + file + ": " + e.getMessage());
        }
        for (int i = 0; i < lines.size(); i++) {
            reader.line(lines.get(i).strip(), i + 1);
        }
        reader.finish();
        if (reader.entries.isEmpty()) {
            throw new PlanException(file + " has no request");
        }
        return reader.entries;
    }

    private void line(String line, int number) {
        if (line.startsWith("#")) {
            return;
        }
        if (line.isEmpty()) {
            finish();
        } else if (url == null) {
            begin(line, number);
        } else if (line.startsWith("@")) {
            body = content(line.substring(1));
        } else if (isRequest(line)) {
            finish();
            begin(line, number);
        } else {
            headers.add(header(line, number));
        }
    }

    private static boolean isRequest(String line) {
        return line.matches("[A-Z]+ \\S+");
    }

    private void begin(String line, int number) {
        if (!isRequest(line)) {
            throw new PlanException(file + ":" + number + ": '" + line + "' is not of the form GET http://...");
        }
        int blank = line.indexOf(' ');
        method = line.substring(0, blank);
        url = line.substring(blank + 1);
    }

    private Header header(String line, int number) {
        try {
            return Headers.parse(line);
        } catch (PlanException e) {
            throw new PlanException(file + ":" + number + ": " + e.getMessage());
        }
    }

    private byte[] content(String name) {
        Path folder = file.toAbsolutePath().getParent();
        try {
            return Files.readAllBytes(folder.resolve(name));
        } catch (IOException e) {
            throw new PlanException("cannot read " + name + " of " + file + ": " + e.getMessage());
        }
    }

    private void finish() {
        if (url != null) {
            entries.add(new Entry(method, url, List.copyOf(headers), body));
        }
        url = null;
        headers = new ArrayList<>();
        body = new byte[0];
    }
}
