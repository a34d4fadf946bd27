package dev.weir.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server that keeps the requests it got, and answers each with the one of its answers whose number the field X-Answer has, else with the
 * first. It keeps a request before it answers: who has the answer finds the request.
 */
final class RecordingOrigin implements Closeable {
    private static final Pattern ANSWER = Pattern.compile("\nx-answer: *(\\d+)");
    private static final Pattern LENGTH = Pattern.compile("\ncontent-length: *(\\d+)");
    private static final Pattern BODILESS = Pattern.compile("(?s)HTTP/1.. (204|304).*");

    private final ServerSocket listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    private final Queue<String> requests = new ConcurrentLinkedQueue<>();
    private final Queue<Socket> accepted = new ConcurrentLinkedQueue<>();
    private final List<String> answers;

    RecordingOrigin(List<String> answers) throws IOException {
        this.answers = List.copyOf(answers);
        Thread.startVirtualThread(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Those since the last call, with their bodies as they are without chunks. */
    List<String> takeRequests() {
        List<String> taken = new ArrayList<>();
        for (String one = requests.poll(); one != null; one = requests.poll()) {
            taken.add(one);
        }
        return taken;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                accepted.add(socket);
                Thread.startVirtualThread(() -> serve(socket));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            boolean isOpen = true;
            for (String head = NamedHttpServer.head(in); isOpen && !head.isEmpty(); ) {
                requests.add(head + body(in, head.toLowerCase(Locale.ROOT)));
                String answer = answer(head);
                socket.getOutputStream().write(answer.getBytes(ISO_8859_1));
                isOpen = !answer.contains("\r\nConnection: close\r\n");
                head = isOpen ? NamedHttpServer.head(in) : "";
            }
        } catch (IOException e) {
            return; // the proxy closed a connection that it no longer needs
        }
    }

    private String answer(String head) {
        Matcher number = ANSWER.matcher(head.toLowerCase(Locale.ROOT));
        String answer = answers.get(number.find() ? Integer.parseInt(number.group(1)) % answers.size() : 0);
        boolean hasBody = !head.startsWith("HEAD ") && !BODILESS.matcher(answer).matches();
        return hasBody ? answer : answer.substring(0, answer.indexOf("\r\n\r\n") + 4);
    }

    private static String body(InputStream in, String head) throws IOException {
        if (head.contains("\ntransfer-encoding: chunked")) {
            return chunks(in);
        }
        Matcher length = LENGTH.matcher(head);
        return length.find() ? new String(in.readNBytes(Integer.parseInt(length.group(1))), ISO_8859_1) : "";
    }

    private static String chunks(InputStream in) throws IOException {
        StringBuilder body = new StringBuilder();
        for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
            body.append(new String(in.readNBytes(size), ISO_8859_1));
            line(in);
        }
        line(in);
        return body.toString();
    }

    private static int chunkSize(InputStream in) throws IOException {
        return Integer.parseInt(line(in).split(";")[0].strip(), 16);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.append((char) next);
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : accepted) {
            socket.close();
        }
    }
}
