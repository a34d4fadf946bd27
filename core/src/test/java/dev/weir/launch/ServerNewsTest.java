package dev.weir.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.stream.LogLevel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** News of servers on the console; what the log gets is seen in the end-to-end tests. */
class ServerNewsTest {
    private final List<String> console = new ArrayList<>();
    private final ServerNews news = new ServerNews(backend -> null, new StartupMessages(false, false, console::add));

    @Test
    void shouldShowTheLastServersEndAsHaproxyDoes() {
        news.report("be", LogLevel.ALERT, "Server be/s1 is DOWN.");
        news.reportLackOfServers("backend", "be");

        String pid = "(" + ProcessHandle.current().pid() + ")";
        assertThat(console.stream().map(line -> line.replaceAll(" +", " ")).skip(1))
                .containsExactly(
                        "[WARNING] " + pid + " : Server be/s1 is DOWN.\n",
                        "[ALERT] " + pid + " : backend 'be' has no server available!\n");
    }
}
