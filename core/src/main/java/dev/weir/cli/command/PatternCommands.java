package dev.weir.cli.command;

import dev.weir.bridge.transport.SocketName;
import dev.weir.cli.Answer;
import dev.weir.cli.Arguments;
import dev.weir.cli.ClientGone;
import dev.weir.cli.CommandFailure;
import dev.weir.cli.CommandFamily;
import dev.weir.cli.CommandTable;
import dev.weir.cli.Level;
import dev.weir.cli.RuntimeControl;
import dev.weir.cli.command.PatternNames.Kind;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Scratch;
import dev.weir.sample.pattern.MapValue;
import dev.weir.sample.pattern.MatchMethod;
import dev.weir.sample.pattern.PatternEntry;
import dev.weir.sample.pattern.PatternList;

/** Entries of maps and ACLs: rules on all loops see a change from their next look on. */
public final class PatternCommands implements CommandFamily {
    private final RuntimeControl control;

    public PatternCommands(RuntimeControl control) {
        this.control = control;
    }

    @Override
    public void describe(CommandTable table) {
        row(table, Kind.MAP, "show", "[@<ver>] [map]", "report available maps or dump a map's contents", this::show);
        row(table, Kind.ACL, "show", "[@<ver>] <acl>", "report available acls or dump an acl's contents", this::show);
        row(
                table,
                Kind.MAP,
                "get",
                "<map> <value>",
                "report the keys and values matching a sample for a map",
                this::get);
        row(table, Kind.ACL, "get", "<acl> <value>", "report the patterns matching a sample for an ACL", this::get);
        row(
                table,
                Kind.MAP,
                "add",
                "[@<ver>] <map> <key> <val>",
                "add a map entry (payload supported instead of key/val)",
                this::add);
        row(table, Kind.ACL, "add", "[@<ver>] <acl> <pattern>", "add an acl entry", this::add);
        row(table, Kind.MAP, "set", "<map> [<key>|#<ref>] <value>", "modify a map entry", this::set);
        row(table, Kind.MAP, "del", "<map> [<key>|#<ref>]", "delete map entries matching <key>", this::delete);
        row(table, Kind.ACL, "del", "<acl> [<key>|#<ref>]", "delete acl entries matching <key>", this::delete);
    }

    /** Carries a command out for maps or for ACLs. */
    interface KindHandler {
        void run(Kind kind, Arguments arguments, Answer answer) throws CommandFailure, ClientGone;
    }

    static void row(CommandTable table, Kind kind, String verb, String usage, String description, KindHandler handler) {
        Level level = verb.equals("show") || verb.equals("get") ? Level.USER : Level.ADMIN;
        String words = verb + " " + kind.word;
        table.add(
                words,
                level,
                words + " " + usage,
                description,
                (arguments, answer) -> handler.run(kind, arguments, answer));
    }

    // ---- show, get ----

    private void show(Kind kind, Arguments arguments, Answer answer) throws CommandFailure, ClientGone {
        int version = PatternNames.version(arguments);
        if (!arguments.hasNext()) {
            list(kind, answer);
            return;
        }
        for (PatternEntry entry : PatternNames.list(arguments, kind, control).entries(version)) {
            answer.text().append("0x").append(Long.toHexString(entry.reference()));
            answer.text().append(' ').append(entry.text());
            if (entry.value() != null) {
                answer.text().append(' ').append(entry.value());
            }
            answer.text().append('\n');
            answer.flush();
        }
    }

    private void list(Kind kind, Answer answer) throws ClientGone {
        answer.line("# id (file) description");
        for (PatternList list : control.patterns().all()) {
            if (list.isUsedAs(kind == Kind.MAP)) {
                answer.line(list.id() + " (" + list.name() + ") " + list.description() + ". curr_ver="
                                + list.currentVersion() + " next_ver=" + list.nextVersion() + " entry_cnt="
                                + list.entryCount())
                        .flush();
            }
        }
    }

    private void get(Kind kind, Arguments arguments, Answer answer) throws CommandFailure {
        if (arguments.count() < 2) {
            throw new CommandFailure("Missing %s identifier and/or key.", kind.title);
        }
        PatternList list = PatternNames.any(arguments, kind, control);
        String found = kind == Kind.MAP ? "found" : "match";
        for (PatternList.Finding finding : list.lookUp(arguments.next(), new Scratch(1).take())) {
            StringBuilder out = answer.text();
            out.append("type=").append(finding.method().text());
            out.append(", case=").append(finding.ignoresCase() ? "insensitive" : "sensitive");
            out.append(", ").append(found).append(finding.entry() == null ? "=no" : "=yes");
            if (finding.entry() != null) {
                found(kind, finding, out);
            }
            out.append('\n');
        }
    }

    private static void found(Kind kind, PatternList.Finding finding, StringBuilder out) {
        PatternEntry entry = finding.entry();
        out.append(", idx=").append(isTree(finding) ? "tree" : "list");
        out.append(kind == Kind.MAP ? ", key=\"" : ", pattern=\"");
        out.append(entry.text()).append('"');
        if (kind == Kind.MAP && finding.value() != null) {
            out.append(", value=\"").append(entry.value()).append("\", type=\"");
            out.append(type(finding.value(), entry)).append('"');
        } else if (kind == Kind.MAP) {
            out.append(", value=none");
        }
    }

    /** What HAProxy keeps in trees. */
    private static boolean isTree(PatternList.Finding finding) {
        boolean isText = finding.method() == MatchMethod.STR || finding.method() == MatchMethod.BEG;
        return finding.method() == MatchMethod.IP || isText && !finding.ignoresCase();
    }

    private static String type(MapValue value, PatternEntry entry) {
        return switch (value) {
            case INT -> "sint";
            case IP -> entry.valueAddress().family() == SocketName.Family.IPV6 ? "ipv6" : "ipv4";
            case STR, KEY -> "str";
        };
    }

    // ---- add, set, delete ----

    private void add(Kind kind, Arguments arguments, Answer answer) throws CommandFailure {
        int version = PatternNames.version(arguments);
        int wordCount = kind == Kind.MAP ? 3 : 2;
        boolean hasPayload = arguments.payload() != null;
        if (arguments.count() < (hasPayload ? 1 : wordCount)) {
            throw new CommandFailure(
                    kind == Kind.MAP
                            ? "'add map' expects three parameters (map identifier, key and value) or one parameter"
                                    + " (map identifier) and a payload"
                            : "'add acl' expects two parameters: ACL identifier and pattern.");
        }
        PatternList list = PatternNames.list(arguments, kind, control);
        if (hasPayload) {
            addLines(list, version, kind, arguments.payload());
        } else {
            String key = arguments.next();
            add(list, version, key, kind == Kind.MAP ? arguments.next() : null);
        }
    }

    /** What stands before a line that cannot be used is in. */
    private static void addLines(PatternList list, int version, Kind kind, String payload) throws CommandFailure {
        for (String line : payload.split("\n")) {
            String text = kind == Kind.MAP ? line.stripLeading() : line.strip(); // a value may end in blanks
            String[] words = text.split("[ \t]+", 2);
            if (kind == Kind.MAP && !text.isEmpty()) {
                if (words.length < 2) {
                    throw new CommandFailure("Missing value for key '%s'.", text);
                }
                add(list, version, words[0], words[1]);
            } else if (!text.isEmpty()) {
                add(list, version, text, null);
            }
        }
    }

    private static void add(PatternList list, int version, String key, String value) throws CommandFailure {
        try {
            list.add(version, key, list.isMap() && value == null ? "" : value);
        } catch (ParseProblem problem) {
            throw new CommandFailure("%s.", problem.getMessage());
        }
    }

    private void set(Kind kind, Arguments arguments, Answer answer) throws CommandFailure {
        if (arguments.count() < 3) {
            throw new CommandFailure("'set map' expects three parameters: map identifier, key and value.");
        }
        PatternList list = PatternNames.any(arguments, kind, control);
        String key = arguments.next();
        String value = arguments.next();
        if (!list.isMap()) {
            throw new CommandFailure("entry not found.");
        }
        try {
            if (PatternNames.isReference(key)) {
                if (!list.set(PatternNames.reference(key), value)) {
                    throw new CommandFailure("key or pattern not found.");
                }
            } else if (!list.set(key, value)) {
                throw new CommandFailure("entry not found.");
            }
        } catch (ParseProblem problem) {
            throw new CommandFailure("%s.", problem.getMessage());
        }
    }

    private void delete(Kind kind, Arguments arguments, Answer answer) throws CommandFailure {
        if (arguments.count() < 2) {
            throw new CommandFailure("This command expects two parameters: %s identifier and key.", kind.title);
        }
        PatternList list = PatternNames.list(arguments, kind, control);
        String key = arguments.next();
        try {
            boolean isFound =
                    PatternNames.isReference(key) ? list.remove(PatternNames.reference(key)) : list.remove(key);
            if (!isFound) {
                throw new CommandFailure("Key not found.");
            }
        } catch (ParseProblem problem) {
            throw new CommandFailure("%s.", problem.getMessage());
        }
    }
}
