package dev.weir.sample;

import dev.weir.acl.AclBook;
import dev.weir.sample.pattern.PatternLists;
import dev.weir.stick.StickTable;
import dev.weir.stream.BackendView;
import dev.weir.stream.FakeProcess;
import dev.weir.stream.FrontendView;
import dev.weir.stream.VariableNames;
import dev.weir.userlist.UserList;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What parsers see in tests: the frontend and backend of a {@link FakeProcess}. */
public final class TestContext implements ParseContext {
    public final FakeProcess process = new FakeProcess();
    public final List<String> warnings = new ArrayList<>();
    public final Map<String, StreamTest> tests = new HashMap<>();
    /** By name; the proxy's own has an empty one. */
    public final Map<String, StickTable> tables = new HashMap<>();

    public final Map<String, String> environment = new HashMap<>();
    public Hook hook = Hook.REQUEST;
    public final Map<String, UserList> userLists = new HashMap<>();
    public int line = 12;
    public boolean wantsRequestLine;
    /** Where named ACLs are looked for, if not in {@link #tests}. */
    public AclBook acls;

    public PatternLists patterns = new PatternLists();
    public Path folder = Path.of("");
    public FrontendView ownFrontend = process.frontend;
    public BackendView ownBackend = process.backend;
    private final VariableNames variables = new VariableNames();

    @Override
    public String file() {
        return "edge.cfg";
    }

    @Override
    public int line() {
        return line;
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public Hook hook() {
        return hook;
    }

    @Override
    public FrontendView frontend() {
        return ownFrontend;
    }

    @Override
    public BackendView backend() {
        return ownBackend;
    }

    @Override
    public FrontendView frontend(String name) {
        return process.frontend(name);
    }

    @Override
    public BackendView backend(String name) {
        return process.backend(name);
    }

    @Override
    public StickTable table(String name) {
        return tables.get(name);
    }

    @Override
    public int stickCounters() {
        return 3;
    }

    @Override
    public void wantRequestLine() {
        wantsRequestLine = true;
    }

    @Override
    public UserList userList(String name) {
        return userLists.get(name);
    }

    @Override
    public VariableNames variables() {
        return variables;
    }

    @Override
    public PatternLists patterns() {
        return patterns;
    }

    @Override
    public StreamTest test(String aclName) {
        try {
            return acls == null ? tests.get(aclName) : acls.find(aclName, this);
        } catch (ParseProblem problem) {
            throw new IllegalStateException(problem);
        }
    }

    @Override
    public String environment(String name) {
        return environment.get(name);
    }

    @Override
    public void warning(String message) {
        warnings.add(message);
    }
}
