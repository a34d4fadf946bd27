package dev.weir.sample.pattern;

import dev.weir.sample.ParseProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lists of patterns by name, each read once however often it is referenced: a file, {@code opt@} a file that need not exist,
 * {@code virt@} a name without a file. One per configuration; used while it is parsed.
 */
public final class PatternLists {
    private final Path folder;
    private final Map<String, List<String>> linesByName = new HashMap<>();

    /** @param folder what relative file names are relative to */
    public PatternLists(Path folder) {
        this.folder = folder;
    }

    /** The non-empty lines that are no comments, without leading blanks. */
    public List<String> lines(String name) throws ParseProblem {
        if (name.startsWith("virt@")) {
            return linesByName.computeIfAbsent(name, any -> List.of());
        }
        boolean isOptional = name.startsWith("opt@");
        String file = isOptional || name.startsWith("file@") ? name.substring(name.indexOf('@') + 1) : name;
        List<String> lines = linesByName.get(file);
        if (lines == null && isOptional && !Files.exists(folder.resolve(file))) {
            // not remembered: another line may name the same file as one that must exist
            return List.of();
        }
        if (lines == null) {
            lines = read(file);
            linesByName.put(file, lines);
        }
        return lines;
    }

    /** Patterns for an ACL; with {@code asMap} only the first word of each line. */
    public List<PatternEntry> patterns(String name, boolean asMap) throws ParseProblem {
        List<PatternEntry> entries = new ArrayList<>();
        for (String line : lines(name)) {
            entries.add(new PatternEntry(asMap ? line.substring(0, keyEnd(line)) : line, null));
        }
        return entries;
    }

    /** Makes the value of a map's line. */
    public interface ValueParser {
        Object parse(String value) throws ParseProblem;
    }

    /** Keys with their values. */
    public List<PatternEntry> map(String name, ValueParser values) throws ParseProblem {
        List<PatternEntry> entries = new ArrayList<>();
        for (String line : lines(name)) {
            int end = keyEnd(line);
            String value = line.substring(end).strip();
            entries.add(new PatternEntry(line.substring(0, end), values.parse(value)));
        }
        return entries;
    }

    private static int keyEnd(String line) {
        int end = 0;
        while (end < line.length() && line.charAt(end) != ' ' && line.charAt(end) != '\t') {
            end++;
        }
        return end;
    }

    private List<String> read(String file) throws ParseProblem {
        Path path = folder.resolve(file);
        try {
            List<String> lines = new ArrayList<>();
            for (String line : Files.readAllLines(path, StandardCharsets.UTF_8)) {
                addLine(line, lines);
            }
            return lines;
        } catch (IOException e) {
            throw new ParseProblem("failed to open pattern file <%s>: %s", file, e.getMessage());
        }
    }

    /** A sharp makes a comment only in the first column. */
    private static void addLine(String line, List<String> lines) {
        String text = line.stripLeading();
        if (!line.startsWith("#") && !text.isEmpty()) {
            lines.add(text);
        }
    }
}
