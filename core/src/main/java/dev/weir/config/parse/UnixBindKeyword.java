package dev.weir.config.parse;

import dev.weir.config.model.BindLine.UnixRights;
import dev.weir.config.model.Position;

/** {@code unix-bind} of the global section: where UNIX sockets of later {@code bind} lines are, and whose. HAProxy manual 3.1. */
final class UnixBindKeyword {
    private UnixBindKeyword() {}

    static void parse(GlobalDraft global, Line line) {
        KeywordTable<BindDraft> options = new KeywordTable<>("unix-bind");
        BindOptions.unix(options);
        BindDraft bind = new BindDraft(Position.NONE);
        while (line.hasNext()) {
            if (line.accept("prefix")) {
                global.unixPrefix = line.argument("a prefix");
                continue;
            }
            Keyword<BindDraft> option = options.take(line);
            if (option == null) {
                line.alert("'unix-bind' only supports the 'prefix', 'mode', 'uid', 'gid', 'user' and 'group' options.");
                line.rest();
                return;
            }
            options.apply(option, bind, line, "unix-bind");
        }
        global.unixRights = bind.rights();
    }

    /** What a bind line starts with. */
    static void prepare(GlobalDraft global, BindDraft bind) {
        UnixRights rights = global.unixRights;
        bind.pathPrefix = global.unixPrefix;
        bind.mode = rights.mode();
        bind.uid = rights.uid();
        bind.gid = rights.gid();
        bind.user = rights.user();
        bind.group = rights.group();
    }
}
