package dev.weir.config.parse;

import dev.weir.config.model.LogFormatLine;
import dev.weir.config.model.LogFormatLine.Kind;
import dev.weir.config.model.LogProfileSection;
import dev.weir.config.model.LogProfileSection.StepLine;
import dev.weir.config.model.Position;
import dev.weir.stream.LogOrigin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The {@code log-profile} sections and their lines. Single-threaded. */
final class LogProfileKeywords {
    private static final String ANY = "any";
    private static final String STEPS = "'on' expects a log step.\n"
            + "expected values are: 'accept', 'request', 'connect', 'response', 'close', 'error' or 'any'.\n"
            + "Or one of the additional log steps: 'http-req', 'http-res', 'http-after-res', 'tcp-req-conn',"
            + " 'tcp-req-sess', 'tcp-req-cont', 'tcp-res-cont'.";

    /** A section while it is read. */
    static final class Draft {
        private final Position at;
        private final String name;
        private String tag = "";
        /** The last line of a step holds. */
        private final Map<String, StepLine> steps = new LinkedHashMap<>();

        Draft(Position at, String name) {
            this.at = at;
            this.name = name;
        }
    }

    private final KeywordTable<Draft> table = table();
    private final Map<String, Draft> sections = new LinkedHashMap<>();
    private Draft section;

    static KeywordTable<Draft> table() {
        var table = new KeywordTable<Draft>("`log-profile` sections").manual("8.3.5");
        table.supported(
                "log-tag",
                0,
                "the program name in syslog messages",
                (draft, line) -> draft.tag = line.argument("a tag for use in syslog"));
        table.supported(
                "on",
                0,
                "what is written at a step, or by `do-log` of a rule set: `drop`, `format` and `sd`; `any` for all others",
                LogProfileKeywords::on);
        return table;
    }

    /** Opens a section; the line stands at its name. False if there is none to fill. */
    boolean open(Line line) {
        String name = line.next();
        if (name.isEmpty()) {
            line.alert("missing name for log-profile section.");
            return false;
        }
        var same = sections.get(name);
        if (same != null) {
            line.alert("log-profile section '" + name
                    + "' has the same name as another log-profile section declared at " + same.at.file() + ":"
                    + same.at.line() + ".");
            return false;
        }
        section = new Draft(line.at(), name);
        sections.put(name, section);
        line.subject("log-profile");
        line.end();
        return true;
    }

    void parse(Line line) {
        var keyword = table.take(line);
        if (keyword == null) {
            line.alert("unknown keyword '" + line.peek() + "' in log-profile section." + table.hint(line.peek()));
            line.rest();
            return;
        }
        table.apply(keyword, section, line, keyword.name());
        line.end();
    }

    private static void on(Draft draft, Line line) {
        String step = line.next();
        LogOrigin origin = origin(step);
        if (origin == null && !step.equals(ANY)) {
            line.alert(STEPS);
            line.rest();
            return;
        }
        int alerts = line.problems().alerts();
        StepLine parsed = parse(origin, step, line);
        if (line.problems().alerts() == alerts) {
            draft.steps.put(step, parsed);
        }
    }

    private static StepLine parse(LogOrigin origin, String step, Line line) {
        boolean isDropped = false;
        LogFormatLine format = null;
        LogFormatLine structuredData = null;
        do {
            String word = line.next();
            switch (word) {
                case "drop" -> isDropped = true;
                case "format" -> format = text(step, word, line);
                case "sd" -> structuredData = text(step, word, line);
                default -> {
                    line.alert("'on " + step + "' expects 'drop', 'format' or 'sd'.");
                    line.rest();
                }
            }
        } while (line.hasNext());
        return new StepLine(origin, isDropped, format, structuredData);
    }

    private static LogFormatLine text(String step, String word, Line line) {
        if (!line.hasNext()) {
            line.alert("'on " + step + " " + word + "' expects a logformat string.");
        }
        return new LogFormatLine(line.at(), Kind.CUSTOM, line.next());
    }

    private static LogOrigin origin(String step) {
        for (LogOrigin origin : LogOrigin.values()) {
            if (origin.step().equals(step)) {
                return origin;
            }
        }
        return null;
    }

    List<LogProfileSection> build() {
        List<LogProfileSection> built = new ArrayList<>();
        for (Draft draft : sections.values()) {
            built.add(new LogProfileSection(draft.at, draft.name, draft.tag, List.copyOf(draft.steps.values())));
        }
        return built;
    }
}
