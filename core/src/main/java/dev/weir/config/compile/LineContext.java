package dev.weir.config.compile;

import dev.weir.acl.AclBook;
import dev.weir.config.model.ByteText;
import dev.weir.config.model.Position;
import dev.weir.sample.Hook;
import dev.weir.sample.ParseContext;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.StreamTest;
import dev.weir.sample.pattern.PatternLists;
import dev.weir.stick.StickTable;
import dev.weir.stream.BackendView;
import dev.weir.stream.FrontendView;
import dev.weir.stream.VariableNames;
import dev.weir.userlist.UserList;
import java.nio.file.Path;

/** One line of a proxy's section, as the parsers of expressions and rules see it. */
record LineContext(Scene scene, FrontendView frontend, BackendView backend, AclBook acls, Position at, Hook hook)
        implements ParseContext {
    @Override
    public String file() {
        return at.file();
    }

    @Override
    public int line() {
        return at.line();
    }

    @Override
    public Path folder() {
        return at.folder();
    }

    @Override
    public FrontendView frontend(String name) {
        return scene.views().frontend(name);
    }

    @Override
    public BackendView backend(String name) {
        return scene.views().backend(name);
    }

    /** The backend of a listen section may serve other frontends, too. */
    @Override
    public void wantRequestLine() {
        scene.views().wantRequestLine(backend == null || hook == Hook.LOG ? frontend : null);
    }

    @Override
    public StickTable table(String name) {
        String own = frontend != null ? frontend.name() : backend == null ? "" : backend.name();
        return scene.tables().apply(name.isEmpty() ? own : name);
    }

    @Override
    public int stickCounters() {
        return scene.stickCounters();
    }

    @Override
    public UserList userList(String name) {
        return scene.userLists().get(name);
    }

    @Override
    public VariableNames variables() {
        return scene.variables();
    }

    @Override
    public PatternLists patterns() {
        return scene.patterns();
    }

    @Override
    public StreamTest test(String aclName) {
        try {
            return acls.find(aclName, this);
        } catch (ParseProblem problem) {
            warning(problem.getMessage());
            return null;
        }
    }

    @Override
    public String environment(String name) {
        String value = scene.environment().get(ByteText.fromNative(name));
        return value == null ? null : ByteText.toNative(value);
    }

    @Override
    public void warning(String message) {
        scene.problems().warning(at, ByteText.fromNative(message));
    }
}
