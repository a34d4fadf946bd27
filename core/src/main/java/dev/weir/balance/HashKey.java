package dev.weir.balance;

import dev.weir.bridge.transport.SocketName;

/** {@code hash-key} of a server: what decides where its nodes are on a ring. Pure, any thread. */
public enum HashKey {
    /** The numeric id; HAProxy's default. */
    ID("id"),
    /** The address: the same server in several proxies gets the same keys. */
    ADDR("addr"),
    /** Address and port. */
    ADDR_PORT("addr-port");

    private final String keyword;

    HashKey(String keyword) {
        this.keyword = keyword;
    }

    public String keyword() {
        return keyword;
    }

    /**
     * The number to which a node's index is added before {@link Avalanche#mix}.
     *
     * @param address of the server; without an IP address the id counts
     */
    public int seed(int id, SocketName address) {
        boolean isInet = HashType.hasSource(address);
        return switch (this) {
            case ID -> byId(id);
            case ADDR -> isInet ? byAddress(address) : byId(id);
            case ADDR_PORT -> isInet ? byAddressAndPort(address) : byId(id);
        };
    }

    private static int byId(int id) {
        return id * Target.EFFECTIVE_WEIGHT_MAX;
    }

    private static int byAddress(SocketName address) {
        return address.family() == SocketName.Family.IPV4
                ? Avalanche.mix(memoryOrder(address))
                : XxHash32.ofAddress(address.high(), address.low(), 0);
    }

    private static int byAddressAndPort(SocketName address) {
        int key = Avalanche.mix(address.port());
        return address.family() == SocketName.Family.IPV4
                ? Avalanche.mix(key + memoryOrder(address))
                : XxHash32.ofAddress(address.high(), address.low(), key);
    }

    /** The four bytes in network order, read as a little-endian number: what HAProxy sees on the machines that run it. */
    private static int memoryOrder(SocketName address) {
        return Integer.reverseBytes((int) address.low());
    }
}
