package dev.weir.launch.demo;

import java.nio.file.Path;
import java.util.function.Consumer;

/** Whoever runs a proxy on a configuration file. */
public interface ProxyRunner {
    /**
     * Runs it until it ends, on the calling thread.
     *
     * @param messages takes what it would print on the standard error, line by line, from any thread
     * @param whenStarted is called once it serves; must not wait for the proxy's end
     * @return the exit code
     */
    int run(Path configuration, Consumer<String> messages, Consumer<ProxyControl> whenStarted);
}
