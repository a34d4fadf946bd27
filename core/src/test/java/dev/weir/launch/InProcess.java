package dev.weir.launch;

import dev.weir.Patience;
import dev.weir.config.model.Problems;
import java.nio.file.Path;

/** A Weir inside the test's own JVM: the same start, commands and end as the executable's, without its signals. */
public final class InProcess implements AutoCloseable {

    private final Instance instance;
    private final Commands commands = new Commands();
    private final Thread main;
    private volatile int exitCode = -1;

    private InProcess(Instance instance, CommandLine commandLine, StartupMessages messages) {
        this.instance = instance;
        CommandLoop loop = new CommandLoop(commandLine, messages, instance, commands);
        main = Thread.ofPlatform().name("main").start(() -> exitCode = loop.run());
    }

    /** @param transport {@code best}, {@code uring} or {@code nio} */
    public static InProcess start(Path file, String transport) throws Exception {
        CommandLine commandLine = CommandLine.parse("-db", "-f", file.toString());
        StartupMessages messages = new StartupMessages(false, false);
        Problems problems = new Problems();
        ConfigurationLoader.Loaded loaded = ConfigurationLoader.load(commandLine, problems);
        messages.show(problems);
        if (problems.isFatal()) {
            throw new IllegalArgumentException(problems.all().toString());
        }
        Instance instance = open(commandLine, messages, loaded, transport);
        if (!instance.start(loaded)) {
            instance.close();
            throw new IllegalArgumentException("refused");
        }
        return new InProcess(instance, commandLine, messages);
    }

    private static synchronized Instance open(
            CommandLine commandLine, StartupMessages messages, ConfigurationLoader.Loaded loaded, String transport)
            throws Exception {
        System.setProperty("weir.transport", transport);
        try {
            return new Instance(commandLine, messages, loaded);
        } finally {
            System.clearProperty("weir.transport");
        }
    }

    public Instance instance() {
        return instance;
    }

    /** As after SIGUSR2; returns when it is done. */
    public void reload() {
        instance.reload();
    }

    /** As after SIGUSR1; does not wait. */
    public void softStop() {
        commands.add(Commands.Command.SOFT_STOP);
    }

    /** Waits for the end that a command asked for. */
    public int awaitEnd() throws InterruptedException {
        main.join(Patience.LIMIT);
        return exitCode;
    }

    @Override
    public void close() {
        commands.add(Commands.Command.STOP);
        try {
            main.join(Patience.LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        instance.close();
    }
}
