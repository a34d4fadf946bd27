package dev.weir.config.parse;

import dev.weir.sample.SampleNames;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Writes docs/configuration.md from the registry. */
final class ConfigurationPage {
    private static final String HEAD = """
            # Configuration keywords

            Weir reads HAProxy 3.2's configuration language. This page is written from the registry of keywords that the parser
            uses, so it cannot say anything else than the program does (`DocumentationTest` has the command that writes it).

            A keyword that is listed as not supported is refused with a message; nothing is passed over in silence. What each
            keyword means is in HAProxy's own manual, in the section that stands in brackets.

            Columns: **D** `defaults` (**n**: named ones only), **F** `frontend`, **B** `backend`; `listen` is both.
            """;

    private ConfigurationPage() {}

    static String write() {
        var page = new StringBuilder(HEAD);
        for (var table : KeywordRegistry.tables()) {
            family(page, table);
        }
        samples(page);
        return page.toString();
    }

    private static void samples(StringBuilder page) {
        Map<String, String> fetches = new TreeMap<>();
        SampleNames.standard().fetches().all().forEach(fetch -> fetches.put(fetch.name(), fetch.description()));
        names(page, "Sample fetches", fetches);
        Map<String, String> converters = new TreeMap<>();
        SampleNames.standard().converters().all().forEach(row -> converters.put(row.name(), row.description()));
        names(page, "Converters", converters);
    }

    private static void names(StringBuilder page, String title, Map<String, String> notes) {
        page.append("\n## ").append(title).append("\n\n| name | what it does |\n|---|---|\n");
        notes.forEach((name, note) -> page.append("| `")
                .append(name)
                .append("` | ")
                .append(note.replace("|", "\\|"))
                .append(" |\n"));
    }

    private static void family(StringBuilder page, KeywordTable<?> table) {
        page.append("\n## ").append(table.title()).append("\n\n");
        boolean hasPlaces = table.rows().stream().anyMatch(row -> row.where() != 0);
        page.append(
                hasPlaces
                        ? "| keyword | D | F | B | what it does |\n|---|---|---|---|---|\n"
                        : "| keyword | what it does |\n|---|---|\n");
        Map<Topic, List<String>> known = new EnumMap<>(Topic.class);
        Map<String, TreeSet<String>> idle = new TreeMap<>();
        Map<String, TreeSet<String>> removed = new TreeMap<>();
        for (var row : table.rows()) {
            switch (row.state()) {
                case SUPPORTED -> supported(page, row, hasPlaces);
                case KNOWN -> known.merge(row.topic(), List.of(row.name()), ConfigurationPage::join);
                case WITHOUT_EFFECT ->
                    idle.computeIfAbsent(row.note(), note -> new TreeSet<>()).add(row.name());
                case REMOVED ->
                    removed.computeIfAbsent(row.note(), note -> new TreeSet<>()).add(row.name());
            }
        }
        idle(page, idle);
        known(page, known);
        removed(page, removed);
    }

    private static List<String> join(List<String> a, List<String> b) {
        return List.copyOf(new TreeSet<>(
                java.util.stream.Stream.concat(a.stream(), b.stream()).toList()));
    }

    private static void supported(StringBuilder page, Keyword<?> row, boolean hasPlaces) {
        page.append("| `").append(row.name()).append("` ");
        if (hasPlaces) {
            String defaults = row.isIn(Keyword.DEFAULTS) ? "x" : row.isIn(Keyword.NAMED_DEFAULTS) ? "n" : "";
            page.append("| ")
                    .append(defaults)
                    .append(" | ")
                    .append(row.isIn(Keyword.FRONTEND) ? "x" : "")
                    .append(" | ")
                    .append(row.isIn(Keyword.BACKEND) ? "x" : "")
                    .append(' ');
        }
        page.append("| ").append(row.note()).append(" [").append(row.manual()).append("] |\n");
    }

    private static void idle(StringBuilder page, Map<String, TreeSet<String>> idle) {
        if (!idle.isEmpty()) {
            page.append("\nTaken, with a notice that they change nothing:\n\n");
            idle.forEach((note, names) -> page.append("- ")
                    .append(names(names))
                    .append(": ")
                    .append(note)
                    .append('\n'));
        }
    }

    private static void known(StringBuilder page, Map<Topic, List<String>> known) {
        if (!known.isEmpty()) {
            page.append("\nKnown, but not supported:\n\n");
            known.forEach((topic, names) -> page.append("- ")
                    .append(topic.description())
                    .append(": ")
                    .append(names(names))
                    .append('\n'));
        }
    }

    private static void removed(StringBuilder page, Map<String, TreeSet<String>> removed) {
        if (!removed.isEmpty()) {
            page.append("\nRemoved from HAProxy itself:\n\n");
            removed.forEach((note, names) -> page.append("- ")
                    .append(names(names))
                    .append(": not supported anymore ")
                    .append(note)
                    .append('\n'));
        }
    }

    private static String names(Iterable<String> names) {
        var out = new StringBuilder();
        for (String name : names) {
            out.append(out.isEmpty() ? "`" : ", `").append(name).append('`');
        }
        return out.toString();
    }
}
