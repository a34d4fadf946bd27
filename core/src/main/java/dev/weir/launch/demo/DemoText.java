package dev.weir.launch.demo;

import java.nio.file.Path;

/** What the demo says to people. */
final class DemoText {
    static final String HELP = """
            Usage: weir demo

            Starts three HTTP origins in this process and Weir in front of them, on port 8080 of 127.0.0.1 or, if that is
            taken, on a free port. Shows the servers, their checks, sessions and bytes, live on a terminal and as lines
            elsewhere. Keys: 1, 2 or 3 and Enter stops or starts an origin. Ctrl-C ends it.
            """;

    private DemoText() {}

    static String introduction(int port, Path configuration, long pid) {
        return """

                Three origins, and Weir in front of them, which checks each of them once a second.

                  talk to it   curl http://127.0.0.1:%d/
                  load it      for i in $(seq 500); do curl -s http://127.0.0.1:%d/ > /dev/null; done
                  break it     1, 2 or 3 and Enter stops or starts an origin
                  change it    edit %s, then: kill -USR2 %d
                  end it       Ctrl-C

                """.formatted(port, port, configuration, pid);
    }
}
