package dev.weir.e2e;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A client of the runtime API, whose socket is in the scene's folder. */
final class BehaviourApi {
    private final BehaviourScene scene;

    BehaviourApi(BehaviourScene scene) {
        this.scene = scene;
    }

    /** What a configuration begins with, and the socket {@code api}. */
    static String with(String preamble) {
        return preamble.replace("nbthread 1\n", "nbthread 1\n    stats socket @folder@/api mode 600 level admin\n");
    }

    /** One line to the socket {@code api}. */
    String ask(String line) throws IOException {
        return ask("api", line);
    }

    /** One line to a socket of the scene; the answer to its end. */
    String ask(String socket, String line) throws IOException {
        return scene.ask(socket, line);
    }

    /** A row of {@code show stat}, by column. */
    Map<String, String> row(String proxy, String name) throws IOException {
        List<String> lines = ask("show stat").lines().toList();
        String[] columns = lines.getFirst().substring(2).split(",", -1);
        for (String line : lines) {
            String[] values = line.split(",", -1);
            if (values.length > 1 && values[0].equals(proxy) && values[1].equals(name)) {
                Map<String, String> row = new HashMap<>();
                for (int i = 0; i < columns.length; i++) {
                    row.putIfAbsent(columns[i], values[i]);
                }
                return row;
            }
        }
        throw new AssertionError("no row " + proxy + "/" + name + " in " + lines);
    }
}
