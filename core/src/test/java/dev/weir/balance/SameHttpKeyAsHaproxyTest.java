package dev.weir.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.protocol.http.FieldName;
import dev.weir.protocol.http.MessageHead;
import dev.weir.proxy.key.BalanceKey;
import dev.weir.proxy.key.HeaderKey;
import dev.weir.proxy.key.UriKey;
import dev.weir.proxy.key.UrlParameterKey;
import dev.weir.sample.Scratch;
import dev.weir.server.SessionRequest;
import dev.weir.stream.Stream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Same request, same server: what {@code balance uri}, {@code url_param} and {@code hdr} make of thousands of requests. */
@Timeout(120)
class SameHttpKeyAsHaproxyTest {
    private static final long SEED = 20_261_126;
    private static final int REQUESTS = 2000;
    private static final int[] WEIGHTS = {3, 1, 2, 5};

    private record Way(String balance, String hashType, BalanceMethod method, HashType type, BalanceKey key) {}

    private record Request(String target, List<String> fields) {}

    private static List<Way> ways() {
        List<Way> ways = new ArrayList<>();
        add(ways, "uri", new UriKey(0, 0, false, false));
        add(ways, "uri whole", new UriKey(0, 0, true, false));
        add(ways, "uri len 5", new UriKey(5, 0, false, false));
        add(ways, "uri depth 2", new UriKey(0, 2, false, false));
        add(ways, "uri path-only", new UriKey(0, 0, false, true));
        add(ways, "uri len 9 depth 1 whole path-only", new UriKey(9, 1, true, true));
        add(ways, "url_param id", new UrlParameterKey("id"));
        add(ways, "hdr(X-Key)", new HeaderKey("X-Key", false));
        add(ways, "hdr(x-key) use_domain_only", new HeaderKey("x-key", true));
        return ways;
    }

    private static void add(List<Way> ways, String balance, BalanceKey key) {
        BalanceMethod method = BalanceAlgorithms.named(balance.replaceFirst("[ (].*", ""));
        boolean isRing = ways.size() % 2 == 1;
        ways.add(new Way(
                balance,
                isRing ? "consistent" : "map-based djb2",
                method,
                isRing ? HashType.CONSISTENT : new HashType(false, HashFunction.DJB2, false),
                key));
    }

    // ---- requests ----

    private static List<Request> requests() {
        Random random = new Random(SEED);
        List<Request> requests = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            List<String> fields = new ArrayList<>();
            for (int f = random.nextInt(3); f > 0; f--) {
                fields.add(pieces(random, "a ab . .. , \"x,y\" www example.org:80 1 b.c ", 5)
                        .strip());
            }
            String prefix = random.nextInt(4) == 0 ? "http://h" : "";
            String target = prefix + "/"
                    + pieces(random, "/ a bc def // index.html img/ ", 6).replace(" ", "");
            String query = random.nextInt(2) == 0 ? "" : "?" + pieces(random, "id= id &id=7 & x= y=1 /? 42 xid=3 ", 6);
            requests.add(new Request(target + query.replace(" ", ""), fields));
        }
        return requests;
    }

    private static String pieces(Random random, String choices, int most) {
        String[] words = choices.split(" ", -1);
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(most + 1); n > 0; n--) {
            text.append(words[random.nextInt(words.length)]);
        }
        return text.toString();
    }

    // ---- ours ----

    private static String ours(Way way, List<Request> requests) {
        FakeTarget[] servers = FakeTarget.withWeights(WEIGHTS);
        BalanceAlgorithm algorithm =
                BalanceAlgorithms.create(BalanceSettings.of(way.method).withHashType(way.type), servers);
        Scratch scratch = new Scratch(1);
        SessionRequest asked = new SessionRequest();
        StringBuilder picks = new StringBuilder();
        for (Request request : requests) {
            asked.reset();
            way.key.fill(stream(request), way.type, scratch, asked);
            Target target = asked.hasHash ? algorithm.pick(asked.hash, null) : algorithm.pick(null);
            picks.append(Scenario.letter((FakeTarget) target));
        }
        return picks.toString();
    }

    private static Stream stream(Request request) {
        Stream stream = new Stream();
        var exchange = stream.exchange(100, 16_384);
        exchange.start(1);
        exchange.hasRequest(true);
        MessageHead head = exchange.request();
        head.target(write(head, request.target));
        FieldName name = FieldName.of("x-key");
        for (String value : request.fields) {
            head.add(head.write(name.bytes(), 0, name.length()), write(head, value));
        }
        return stream;
    }

    private static long write(MessageHead head, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return head.write(bytes, 0, bytes.length);
    }

    // ---- HAProxy's ----

    private static String config(Path folder, List<Way> ways, int port) {
        StringBuilder text = new StringBuilder("global\n  nbthread 1\n  stats socket " + folder.resolve("cli")
                + "\ndefaults\n  mode http\n  timeout connect 5s\n  timeout client 30s\n  timeout server 30s\n");
        for (int i = 0; i < ways.size(); i++) {
            text.append("listen w" + i + "\n  bind unix@" + folder.resolve("w" + i) + "\n");
            text.append("  http-response set-header x-server %s\n");
            text.append("  balance " + ways.get(i).balance + "\n  hash-type " + ways.get(i).hashType + "\n");
            for (int s = 0; s < WEIGHTS.length; s++) {
                text.append(
                        "  server s" + (s + 1) + " 127.77.1." + (s + 1) + ":" + port + " weight " + WEIGHTS[s] + "\n");
            }
        }
        return text.toString();
    }

    private static String theirs(Path socket, List<Request> requests) throws IOException {
        StringBuilder picks = new StringBuilder();
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            InputStream in = new BufferedInputStream(Channels.newInputStream(channel));
            for (Request request : requests) {
                StringBuilder text = new StringBuilder("GET " + request.target + " HTTP/1.1\r\nHost: h\r\n");
                request.fields.forEach(
                        value -> text.append("X-Key: ").append(value).append("\r\n"));
                // with use_domain_only HAProxy also looks at the byte behind the value: it shall be this one's
                text.append("X-Last: 1\r\n");
                channel.write(ByteBuffer.wrap(text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1)));
                String head = readHead(in);
                int server = head.indexOf("x-server: s");
                assertThat(server).as("%s%n%s", request, head).isPositive();
                picks.append((char) ('a' + head.charAt(server + "x-server: s".length()) - '1'));
            }
        }
        return picks.toString();
    }

    private static String readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
            int next = in.read();
            if (next < 0) {
                return head.toString();
            }
            head.append((char) next);
        }
        return head.toString();
    }

    /** Answers every request with 204. */
    private static void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            byte[] answer = "HTTP/1.1 204 No Content\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
            while (!readHead(in).isEmpty()) {
                socket.getOutputStream().write(answer);
            }
        } catch (IOException e) {
            // HAProxy is gone: the test is over
        }
    }

    private static void acceptAll(ServerSocket listener) {
        try {
            while (true) {
                Socket socket = listener.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // closed
        }
    }

    @Test
    void shouldChooseWhatHaproxyChooses() throws Exception {
        String program = Haproxy.program();
        assumeTrue(program != null, "no HAProxy on this machine");
        List<Way> ways = ways();
        List<Request> requests = requests();

        try (var listener = new ServerSocket()) {
            listener.bind(new InetSocketAddress("0.0.0.0", 0));
            Thread.ofVirtual().start(() -> acceptAll(listener));
            try (Haproxy haproxy = Haproxy.start(program, folder -> config(folder, ways, listener.getLocalPort()))) {
                for (int i = 0; i < ways.size(); i++) {
                    String theirs = theirs(haproxy.socket("w" + i), requests);
                    assertSame(ways.get(i), requests, theirs, ours(ways.get(i), requests));
                }
            }
        }
    }

    private static void assertSame(Way way, List<Request> requests, String theirs, String ours) {
        for (int i = 0; i < requests.size(); i++) {
            assertThat(ours.charAt(i))
                    .as("%s, seed %d: %s", way.balance, SEED, requests.get(i))
                    .isEqualTo(theirs.charAt(i));
        }
    }
}
