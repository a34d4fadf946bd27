package dev.weir.sample;

import dev.weir.sample.pattern.PatternLists;
import dev.weir.stick.StickTable;
import dev.weir.stream.BackendView;
import dev.weir.stream.FrontendView;
import dev.weir.stream.VariableNames;
import dev.weir.userlist.UserList;
import java.nio.file.Path;

/**
 * What parsers need to know of the configuration around a line. Implemented by whoever compiles configurations; frontends,
 * backends and servers must exist before the expressions that name them are parsed. Names that a reader refuses are reported
 * by throwing {@link ParseProblem}.
 */
public interface ParseContext {
    /** Where the line stands, for {@code last_rule_file}. */
    String file();

    int line();

    /** Where relative names of files in the line begin; empty for where the process is. */
    Path folder();

    /** When the line's expressions will be evaluated; ANYWHERE if that is not known. */
    Hook hook();

    /** The frontend whose section holds the line, null in a pure backend. */
    FrontendView frontend();

    /** The backend whose section holds the line, null in a pure frontend. */
    BackendView backend();

    /** Null if there is none of that name. */
    FrontendView frontend(String name);

    /** Null if there is none of that name. */
    BackendView backend(String name);

    /** A stick table by the name of its proxy, or the line's own proxy's for an empty name; null if there is none. */
    StickTable table(String name);

    /** {@code tune.stick-counters}: how many entries a stream can track. */
    int stickCounters();

    /** Asks that the request line be kept ({@link dev.weir.stream.CapturePlan}) by all frontends whose requests may come here. */
    void wantRequestLine();

    /** The users of a {@code userlist} section, null if there is none of that name. */
    UserList userList(String name);

    VariableNames variables();

    /** Pattern lists, shared by name. */
    PatternLists patterns();

    /** A named ACL of the section for the {@code acl} fetch, null if there is none of that name. */
    StreamTest test(String aclName);

    /** Value of an environment variable as the configuration sees it, or null. */
    String environment(String name);

    /** Reports what is suspicious but usable. */
    void warning(String message);
}
