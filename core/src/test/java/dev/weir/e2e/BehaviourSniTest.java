package dev.weir.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.DisplayName;

/** TLS that passes through: the JDK's own client says hello, and its server name chooses the backend. */
@DisplayName("TLS passthrough by server name")
final class BehaviourSniTest {
    private static final int HANDSHAKE_RECORD = 22;

    private static final String BY_NAME = """
            frontend fe
                bind 127.0.0.1:@fe@
                tcp-request inspect-delay 10s
                tcp-request content set-var(sess.sni) req.ssl_sni
                tcp-request content accept if { req.ssl_hello_type 1 }
                tcp-request content reject
                log-format "%b/%s %[var(sess.sni)]"
                use_backend shop if { req.ssl_sni -i shop.example.com }
                use_backend any if { req.ssl_sni -m end .example.com }
                default_backend other
            backend shop
                server s1 127.0.0.1:@s1@
            backend any
                server a1 127.0.0.1:@a1@
            backend other
                server o1 127.0.0.1:@o1@
            """;

    private static CompletableFuture<Void> hello(BehaviourScene scene, String name) throws IOException {
        Socket plain = scene.client("fe").socket();
        SSLSocket tls = (SSLSocket)
                ((SSLSocketFactory) SSLSocketFactory.getDefault()).createSocket(plain, name, plain.getPort(), true);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(name)));
        tls.setSSLParameters(parameters);
        return CompletableFuture.runAsync(() -> handshake(tls));
    }

    /** Nobody answers it: the origin of the test reads the hello and closes. */
    private static void handshake(SSLSocket tls) {
        try {
            tls.startHandshake();
        } catch (IOException expected) {
            return;
        }
        throw new IllegalStateException("the origin has no certificate");
    }

    private static void assertReaches(BehaviourScene scene, String origin, String name) throws Exception {
        var handshake = hello(scene, name);
        var server = scene.origin(origin).accept();
        byte[] record = server.read(5);
        byte[] body = server.read((record[3] & 0xFF) << 8 | record[4] & 0xFF);
        server.close();
        handshake.get();

        assertEquals(HANDSHAKE_RECORD, record[0]);
        assertTrue(new String(body, java.nio.charset.StandardCharsets.ISO_8859_1).contains(name));
    }

    @OnEveryEngine
    void shouldChooseTheBackendByServerName(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.origin("s1");
            scene.origin("a1");
            scene.origin("o1");
            scene.start(BY_NAME);

            assertReaches(scene, "s1", "shop.example.com");
            assertEquals("shop/s1 shop.example.com", scene.log());
            assertReaches(scene, "a1", "www.example.com");
            assertEquals("any/a1 www.example.com", scene.log());
            assertReaches(scene, "o1", "elsewhere.test");
            assertEquals("other/o1 elsewhere.test", scene.log());
        }
    }

    @OnEveryEngine
    void shouldRejectWhatIsNoHello(BehaviourEngine engine) throws Exception {
        try (var scene = new BehaviourScene(engine)) {
            scene.start(BY_NAME);

            scene.client("fe").send("GET / HTTP/1.0\r\n\r\n").expectEnd();

            assertTrue(scene.log().startsWith("fe/<NOSRV> "));
        }
    }
}
