package dev.weir.launch;

import dev.weir.bridge.kernel.Kernel;
import dev.weir.config.model.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code -D}. A JVM cannot fork, so the process starts itself once more, waits until that one serves, and leaves. Inherited
 * descriptors do not pass that way: {@code fd@} binds need the foreground.
 */
final class Daemon {
    private static final String CHILD = "weir.daemon.child";
    private static final int READY = '+';

    private Daemon() {}

    static boolean isChild() {
        return Boolean.getBoolean(CHILD);
    }

    /** In the parent: the exit code. */
    static int start(StartupMessages messages) {
        ProcessHandle.Info self = ProcessHandle.current().info();
        List<String> words = new ArrayList<>();
        words.add(self.command().orElse("java"));
        words.add("-D" + CHILD + "=true");
        words.addAll(List.of(self.arguments().orElse(new String[0])));
        try {
            Process child = new ProcessBuilder(words)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .redirectOutput(ProcessBuilder.Redirect.PIPE)
                    .start();
            return child.getInputStream().read() == READY ? 0 : child.waitFor();
        } catch (IOException e) {
            messages.show(Severity.ALERT, "[weir.main()] Cannot start in the background: " + e.getMessage());
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    /** In the child, once it serves: tells the parent, and lets go of the terminal. */
    static void becomeReady() {
        if (isChild()) {
            System.out.write(READY);
            System.out.flush();
            Kernel kernel = new Kernel();
            kernel.setSession();
            kernel.forgetStandardStreams();
        }
    }
}
