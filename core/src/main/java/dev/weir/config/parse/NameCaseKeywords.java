package dev.weir.config.parse;

import dev.weir.config.model.ByteText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code h1-case-adjust} and {@code h1-case-adjust-file}: how names of fields are written to peers that mind case. Single-threaded. */
final class NameCaseKeywords {
    /** By the name in lower case. */
    private final Map<String, String> ofLines = new LinkedHashMap<>();

    private final Map<String, String> ofFile = new LinkedHashMap<>();

    static void fill(KeywordTable<GlobalDraft> table) {
        table.supported(
                "h1-case-adjust",
                0,
                "how the name of a field of a head is written, `<lower-case name> <name>`; see the options of that name",
                (global, line) -> global.nameCases.line(line));
        table.supported(
                "h1-case-adjust-file",
                0,
                "a file of such names, two in a line",
                (global, line) -> global.nameCases.file(line));
    }

    private void line(Line line) {
        String from = line.next();
        String to = line.next();
        if (to.isEmpty()) {
            line.alertSubject("expects <from> and <to> as argument.");
            return;
        }
        String problem = add(ofLines, from, to);
        if (!problem.isEmpty()) {
            line.alert(problem);
        }
    }

    /** The last one holds. */
    private void file(Line line) {
        String file = line.argument("<hdrs-file>");
        ofFile.clear();
        if (file.isEmpty()) {
            return;
        }
        String subject = "h1-headers-case-adjust-file '" + file + "'";
        try {
            int number = 0;
            for (String text : Files.readAllLines(
                    line.at().folder().resolve(ByteText.toNative(file)), StandardCharsets.ISO_8859_1)) {
                number++;
                String problem = addWords(text.strip());
                if (!problem.isEmpty()) {
                    line.alert(subject + " : " + problem + " at line " + number + ".");
                    return;
                }
            }
        } catch (IOException e) {
            line.alert(subject + ": failed to open file.");
        }
    }

    /** @return what is wrong with the line, empty for nothing */
    private String addWords(String text) {
        if (text.isEmpty() || text.startsWith("#")) {
            return "";
        }
        String[] words = text.split("\\s+");
        return words.length < 2 ? "expect <to>" : add(ofFile, words[0], words[1]);
    }

    private String add(Map<String, String> map, String from, String to) {
        if (!from.equalsIgnoreCase(to)) {
            return "<from> and <to> must not differ except the case";
        }
        boolean isTaken = ofLines.containsKey(from) || ofFile.containsKey(from);
        if (isTaken) {
            return "duplicate entry '" + from + "'";
        }
        map.put(from, to);
        return "";
    }

    /** Names as they are to be written; a name that was not in lower case never is one that messages have, as under HAProxy. */
    List<String> build() {
        List<String> names = new ArrayList<>();
        ofLines.forEach((from, to) -> addIfLower(names, from, to));
        ofFile.forEach((from, to) -> addIfLower(names, from, to));
        return List.copyOf(names);
    }

    private static void addIfLower(List<String> names, String from, String to) {
        if (from.equals(from.toLowerCase(Locale.ROOT))) {
            names.add(to);
        }
    }
}
