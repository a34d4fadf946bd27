package dev.weir.config.parse;

import dev.weir.config.model.ErrorPageLine;
import dev.weir.config.model.HttpErrorsSection;
import dev.weir.config.model.Position;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The {@code http-errors} sections, which hold {@code errorfile} lines and nothing else. Single-threaded. */
final class HttpErrorsKeywords {
    private record Draft(Position at, List<ErrorPageLine> lines) {}

    private final Map<String, Draft> sections = new LinkedHashMap<>();
    private Draft section;

    /** Opens a section; the line stands at its name. False if there is none to fill. */
    boolean open(Line line) {
        String name = line.next();
        if (name.isEmpty()) {
            line.alert("missing name for http-errors section.");
            return false;
        }
        Sections.checkName("http-errors", name, line);
        var same = sections.get(name);
        if (same != null) {
            line.alert("http-errors section '" + name + "' already exists (declared at " + same.at.file() + ":"
                    + same.at.line() + ").");
            return false;
        }
        section = new Draft(line.at(), new ArrayList<>());
        sections.put(name, section);
        line.subject("http-errors");
        line.end();
        return true;
    }

    void parse(Line line) {
        if (!line.accept("errorfile")) {
            line.alert("unknown keyword '" + line.next() + "' in 'http-errors' section");
            return;
        }
        section.lines.add(new ErrorPageLine(line.at(), "errorfile", line.rest()));
    }

    List<HttpErrorsSection> build() {
        List<HttpErrorsSection> built = new ArrayList<>();
        sections.forEach((name, draft) -> built.add(new HttpErrorsSection(draft.at, name, List.copyOf(draft.lines))));
        return built;
    }
}
