package dev.weir.load.plan;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What the path of a tcp URL asks for. */
final class TcpJobs {
    static final String KINDS = "/echo?bytes=64, /ask?bytes=64&answer=1k, /connect, /sink?bytes=64k, /source?bytes=64k";

    private static final int MESSAGE_BYTES = 64;
    private static final int CHUNK_BYTES = 65536;
    /** More could fill all buffers on the way while nobody reads. */
    private static final int ECHO_BYTES_MAX = 256 << 10;

    private static final int CHUNK_BYTES_MAX = 64 << 20;

    private TcpJobs() {}

    static Job of(Url url) {
        int question = url.target().indexOf('?');
        String kind = question < 0 ? url.target() : url.target().substring(0, question);
        Map<String, String> given = question < 0 ? new HashMap<>() : parameters(url, question);
        Job job = switch (kind) {
            case "/echo" -> new Job.Echo(bytes(url, given, "bytes", MESSAGE_BYTES, ECHO_BYTES_MAX));
            case "/ask" ->
                new Job.Ask(
                        bytes(url, given, "bytes", MESSAGE_BYTES, CHUNK_BYTES_MAX),
                        bytes(url, given, "answer", MESSAGE_BYTES, Integer.MAX_VALUE));
            case "/connect" -> new Job.Connect();
            case "/sink" -> new Job.Sink(bytes(url, given, "bytes", CHUNK_BYTES, CHUNK_BYTES_MAX));
            case "/source" -> new Job.Source(bytes(url, given, "bytes", CHUNK_BYTES, Integer.MAX_VALUE));
            default -> throw new PlanException(url.text() + ": what is to be done? A tcp URL ends in one of " + KINDS);
        };
        refuseOthers(url, given.keySet());
        return job;
    }

    private static Map<String, String> parameters(Url url, int question) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : url.target().substring(question + 1).split("&")) {
            int equals = pair.indexOf('=');
            if (equals <= 0) {
                throw new PlanException(url.text() + ": '" + pair + "' is not of the form name=value");
            }
            parameters.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return parameters;
    }

    private static int bytes(Url url, Map<String, String> given, String name, int otherwise, int max) {
        String text = given.remove(name);
        if (text == null) {
            return otherwise;
        }
        long bytes = Amounts.bytes(text);
        if (bytes < 1 || bytes > max) {
            throw new PlanException(url.text() + ": " + name + " must be 1 to " + max);
        }
        return (int) bytes;
    }

    private static void refuseOthers(Url url, Set<String> left) {
        if (!left.isEmpty()) {
            throw new PlanException(url.text() + ": '" + left.iterator().next() + "' means nothing here");
        }
    }
}
