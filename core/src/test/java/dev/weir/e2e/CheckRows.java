package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Checks of many servers in one scene: one backend for each row, of which the first message about its server counts. */
abstract class CheckRows {
    static final String OK = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\nx-a: 1,two\r\n\r\nab";
    static final String SORRY = "HTTP/1.1 503 Sorry\r\ncontent-length: 0\r\n\r\n";
    static final String UNNAMED = "HTTP/1.1 500 \r\ncontent-length: 0\r\n\r\n";
    static final String CHUNKED =
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n3\r\ndef\r\n0\r\n\r\n";
    static final String TCP = "option tcp-check\n ";
    static final String HTTP = "option httpchk\n ";

    private final Map<String, String> wanted = new LinkedHashMap<>();
    private final List<String> backends = new ArrayList<>();

    /** @param expected {@code reason} and what follows, the duration left out */
    final void row(BehaviourScene scene, ScriptedServer server, String lines, String expected) {
        scene.keepOpen(server);
        String name = "be" + backends.size();
        backends.add("backend " + name + "\n option log-health-checks\n timeout connect 2s\n " + lines
                + "\n server s1 127.0.0.1:" + server.port() + " check inter 500ms rise 2 fall 1\n");
        wanted.put(name, expected);
    }

    static ScriptedServer says(String greeting, String... answers) throws Exception {
        return new ScriptedServer(false, greeting, answers);
    }

    static ScriptedServer stays(String greeting, String... answers) throws Exception {
        return new ScriptedServer(true, greeting, answers);
    }

    final void compare(BehaviourScene scene) throws Exception {
        scene.start("frontend fe\n bind 127.0.0.1:@fe@\n" + String.join("", backends));
        Map<String, String> found = new LinkedHashMap<>();
        while (found.size() < wanted.size()) {
            String line = scene.logs().lineWith(" check for server be");
            String name = line.replaceAll(".*server (be\\d+)/.*", "$1");
            found.putIfAbsent(name, line.replaceAll(".*reason: (.*), check duration.*", "$1"));
        }
        assertThat(found).containsExactlyInAnyOrderEntriesOf(wanted);
    }

    static String passed(String info) {
        return "Layer7 check passed, code: 0, info: \"" + info + "\"";
    }

    static String invalid(String info) {
        return "Layer7 invalid response, info: \"" + info + "\"";
    }
}
