package dev.weir.bridge.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.bridge.transport.Endpoint;
import dev.weir.bridge.transport.SocketName;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every form of address goes into the kernel and comes back the same. */
class SocketAddressTest {
    private static final int ADDRESS_NOT_AVAILABLE_HERE = -Errno.EADDRNOTAVAIL;

    private final List<Integer> sockets = new ArrayList<>();
    private final SocketName name = new SocketName();
    private final SocketName peer = new SocketName();
    private Kernel kernel;
    private SocketAddress address;

    @TempDir
    Path folder;

    @BeforeEach
    void requireLinux() {
        assumeTrue(Kernel.refusal() == null, Kernel::refusal);
        kernel = new Kernel();
        address = new SocketAddress();
    }

    @AfterEach
    void closeSockets() {
        sockets.forEach(kernel::close);
    }

    private int socket(int family) {
        int fd = kernel.socket(family, SocketConstants.SOCK_STREAM, 0);
        sockets.add(fd);
        return fd;
    }

    /** Binds and listens; returns the socket. */
    private int bound(Endpoint endpoint) {
        int fd = socket(address.set(endpoint).family());
        int result = kernel.bind(fd, address.address(), address.length());
        assumeTrue(result != ADDRESS_NOT_AVAILABLE_HERE, "no such address on this machine");
        assertThat(result).isZero();
        assertThat(kernel.listen(fd, 1)).isZero();
        return fd;
    }

    @Test
    void shouldCarryIpv4() throws Exception {
        assertCarries("127.0.0.1");
        assertCarries("127.200.3.4");
    }

    @Test
    void shouldCarryIpv6() throws Exception {
        assertCarries("::1");
    }

    private void assertCarries(String text) throws UnknownHostException {
        InetAddress inet = InetAddress.getByName(text);
        int listening = bound(new Endpoint.Inet(inet, 0));

        address.readLocal(kernel, listening, name);

        assertThat(name).isEqualTo(new SocketName().inet(inet, name.port()));
        assertThat(name.port()).isPositive();
        assertConnectsTo(new Endpoint.Inet(inet, name.port()), name);
    }

    private void assertConnectsTo(Endpoint endpoint, SocketName expected) {
        int fd = socket(address.set(endpoint).family());
        assertThat(kernel.connect(fd, address.address(), address.length())).isZero();
        address.readPeer(kernel, fd, peer);
        assertThat(peer).isEqualTo(expected);
    }

    @Test
    void shouldTakeAnotherPort() throws Exception {
        int listening = bound(new Endpoint.Inet(InetAddress.getByName("127.0.0.1"), 0));
        address.readLocal(kernel, listening, name);
        int port = name.port();

        address.set(new Endpoint.Inet(InetAddress.getByName("127.0.0.1"), 1));
        address.port(port);

        assertThat(kernel.connect(socket(SocketConstants.AF_INET), address.address(), address.length()))
                .isZero();
    }

    @Test
    void shouldCarryAUnixPath() {
        Endpoint endpoint = new Endpoint.Unix(folder.resolve("s").toString());
        address.readLocal(kernel, bound(endpoint), name);

        assertThat(name).isEqualTo(new SocketName().unix());
        assertConnectsTo(endpoint, name);
    }

    @Test
    void shouldCarryAnAbstractName() {
        Endpoint endpoint = new Endpoint.Abstract("weir-address-test-" + System.nanoTime());
        address.readLocal(kernel, bound(endpoint), name);

        assertThat(name).isEqualTo(new SocketName().unix());
        assertConnectsTo(endpoint, name);
    }

    /** As HAProxy's {@code abns@} does: so both programs mean the same socket. */
    @Test
    void shouldPadAnAbstractNameToItsWholeLength() {
        address.set(new Endpoint.Abstract("x"));

        assertThat(address.length()).isEqualTo(SocketAddress.LENGTH_MAX);
    }

    @Test
    void shouldTakeTheLongestPathAndRefuseOneThatIsLonger() {
        address.set(new Endpoint.Unix("x".repeat(107)));

        assertThatThrownBy(() -> address.set(new Endpoint.Unix("x".repeat(108))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("too long");
        assertThatThrownBy(() -> address.set(new Endpoint.Abstract("x".repeat(107))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("too long");
    }

    @Test
    void shouldHaveNoAddressForADescriptor() {
        assertThatThrownBy(() -> address.set(new Endpoint.Inherited(3))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldKnowNoNameOfWhatIsNoSocket() {
        name.unix();

        address.readPeer(kernel, -1, name);

        assertThat(name.family()).isEqualTo(SocketName.Family.NONE);
    }
}
