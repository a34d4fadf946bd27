package dev.weir.cli.explain;

import dev.weir.proxy.Bind;
import dev.weir.stream.ListenerView;

/** The bind line that a made-up request comes in by. */
record MadeUpListener(Bind bind) implements ListenerView {
    @Override
    public String name() {
        return bind.role().name();
    }

    @Override
    public int id() {
        return bind.role().id();
    }

    @Override
    public int connections() {
        return 1;
    }

    @Override
    public boolean isTls() {
        return false;
    }
}
