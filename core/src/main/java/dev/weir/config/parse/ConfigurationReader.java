package dev.weir.config.parse;

import dev.weir.config.model.ByteText;
import dev.weir.config.model.Configuration;
import dev.weir.config.model.Position;
import dev.weir.config.model.Problems;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads configuration files into the model and reports every problem of all of them. Nothing is resolved, opened or checked
 * across sections yet. One object per run; single-threaded.
 */
public final class ConfigurationReader {
    /** Bytes of a file; larger ones are refused. */
    public static final int FILE_BYTES_MAX = 64 << 20;

    /** Bytes of a line; longer ones are refused. */
    public static final int LINE_BYTES_MAX = 1 << 20;

    private static final int FATAL_MAX = 50;

    private final Environment environment;
    private final Problems problems;
    private final Tokenizer tokenizer;
    private final Line line;
    private final Sections sections;

    private ConfigurationReader(Environment environment, Problems problems) {
        this.environment = environment;
        this.problems = problems;
        tokenizer = new Tokenizer(environment);
        line = new Line(problems);
        sections = new Sections(environment);
    }

    /**
     * @param files files and folders in order; each file starts outside of any section
     * @param environment is changed by {@code setenv} and its relatives
     * @return what could be understood; do not use it if the problems are fatal
     */
    public static Configuration read(List<String> files, Environment environment, Problems problems) {
        var expanded = ConfigurationFiles.expand(files, problems);
        var reader = new ConfigurationReader(environment, problems);
        ProvidedVariables.set(environment, expanded);
        for (String file : expanded) {
            byte[] bytes = load(file, problems);
            if (bytes != null) {
                reader.readFile(file, bytes);
            }
        }
        return reader.sections.build(problems);
    }

    /** Reads one text in place of files; for configurations that do not come from a file. */
    public static Configuration readText(String name, byte[] text, Environment environment, Problems problems) {
        var reader = new ConfigurationReader(environment, problems);
        ProvidedVariables.set(environment, List.of(name));
        reader.readFile(name, text);
        return reader.sections.build(problems);
    }

    private static byte[] load(String name, Problems problems) {
        var file = new File(name);
        try (var input = new FileInputStream(file)) {
            byte[] bytes = input.readNBytes(FILE_BYTES_MAX + 1);
            if (bytes.length > FILE_BYTES_MAX) {
                problems.alert("config : Loading " + name + ": input is too large, limited to " + (FILE_BYTES_MAX >> 20)
                        + "MB.");
                return null;
            }
            return bytes;
        } catch (IOException e) {
            String reason = file.canRead() ? e.getMessage() : "Permission denied";
            problems.alert("config : Could not open configuration file " + name + " : " + reason);
            return null;
        }
    }

    private void readFile(String nativeName, byte[] bytes) {
        String name = ByteText.fromNative(nativeName);
        int alertsBefore = problems.alerts();
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        var preprocessor = new Preprocessor(problems, environment);
        tokenizer.file = name;
        tokenizer.section = "";
        sections.beginFile(name);
        int number = 0;
        int start = 0;
        while (start < text.length() && !preprocessor.isAborted()) {
            int end = text.indexOf('\n', start);
            number++;
            var at = new Position(name, number, sections.folder());
            if (problems.alerts() - alertsBefore >= FATAL_MAX) {
                problems.alert(at, "too many fatal errors (" + FATAL_MAX + "), stopping now.");
                break;
            }
            String content = text.substring(start, end < 0 ? text.length() : end);
            if (isStrange(content, at)) {
                break;
            }
            readLine(content, at, preprocessor);
            if (end < 0) {
                problems.alert(
                        at,
                        "Missing LF on last line, file might have been truncated at position " + (content.length() + 1)
                                + ".");
                break;
            }
            start = end + 1;
        }
        preprocessor.end(new Position(name, number));
        if (problems.alerts() > alertsBefore) {
            problems.alert("config : Error(s) found in configuration file : " + name);
        }
    }

    private boolean isStrange(String content, Position at) {
        int nul = content.indexOf(0);
        if (nul >= 0) {
            problems.alert(at, "Stray NUL character at position " + (nul + 1) + ".");
            return true;
        }
        if (content.length() > LINE_BYTES_MAX) {
            problems.alert(at, "line too long, limited to " + LINE_BYTES_MAX + " bytes.");
            return true;
        }
        return false;
    }

    private void readLine(String content, Position at, Preprocessor preprocessor) {
        tokenizer.lineNumber = at.line();
        if (!tokenizer.split(content)) {
            int index = tokenizer.errorAt();
            problems.alert(at, tokenizer.error() + " at position " + (index + 1) + ":" + Excerpt.of(content, index));
            return;
        }
        var words = tokenizer.words();
        if (words.isEmpty()) {
            return;
        }
        if (tokenizer.emptyAt() >= 0) {
            warnOfEmptyWord(words.indexOf(""), content, at);
        }
        String first = words.get(0);
        if (first.startsWith(".")) {
            preprocessor.directive(words, at);
        } else if (!preprocessor.isSkipping() && !first.isEmpty()) {
            statement(words, at);
        }
    }

    private void warnOfEmptyWord(int number, String content, Position at) {
        int index = Math.min(tokenizer.emptyAt(), content.length());
        problems.warning(
                at,
                "argument number " + number + " at position " + (index + 1) + " is empty and marks the end of the"
                        + " argument list; all subsequent arguments will be ignored:" + Excerpt.of(content, index));
    }

    private void statement(List<String> words, Position at) {
        line.set(at, words);
        line.takeModifier();
        if (line.count() == 0) {
            return;
        }
        if (line.modifier() != Line.Modifier.NONE && !mayBeNegated(line.word(0))) {
            line.alert(
                    "negation/default currently supported only for options, log, busy-polling, set-dumpable, strict-limits,"
                            + " insecure-fork-wanted and numa-cpu-mapping.");
            return;
        }
        line.moveTo(0);
        String section = sections.accept(line);
        if (section != null) {
            tokenizer.section = section;
        }
    }

    private static boolean mayBeNegated(String keyword) {
        return switch (keyword) {
            case "option",
                    "log",
                    "busy-polling",
                    "set-dumpable",
                    "strict-limits",
                    "insecure-fork-wanted",
                    "numa-cpu-mapping" -> true;
            default -> false;
        };
    }
}
