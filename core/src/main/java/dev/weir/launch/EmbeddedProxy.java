package dev.weir.launch;

import dev.weir.launch.demo.ProxyControl;
import dev.weir.launch.demo.ProxyRunner;
import dev.weir.server.ServerPools;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The proxy as the demo runs it: the way any file is run, with the messages handed over. */
final class EmbeddedProxy implements ProxyRunner {
    @Override
    public int run(Path configuration, Consumer<String> messages, Consumer<ProxyControl> whenStarted) {
        CommandLine commandLine = CommandLine.parse("-db", "-f", configuration.toString());
        return Boot.run(
                commandLine,
                new StartupMessages(false, false, messages),
                (instance, commands) -> whenStarted.accept(new Control(instance, commands)));
    }

    private record Control(Instance instance, Commands commands) implements ProxyControl {
        @Override
        public ServerPools pools() {
            return instance.pools();
        }

        @Override
        public void reload() {
            commands.add(Commands.Command.RELOAD);
        }

        @Override
        public void stop() {
            commands.add(Commands.Command.STOP);
        }
    }
}
