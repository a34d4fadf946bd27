package dev.weir.protocol;

import java.util.Locale;

/** MQTT's types of packets in the order of their numbers, the first is 1. */
public enum MqttPacketType {
    CONNECT(0),
    CONNACK(0),
    PUBLISH(-1),
    PUBACK(0),
    PUBREC(0),
    PUBREL(2),
    PUBCOMP(0),
    SUBSCRIBE(2),
    SUBACK(0),
    UNSUBSCRIBE(2),
    UNSUBACK(0),
    PINGREQ(0),
    PINGRESP(0),
    DISCONNECT(0),
    AUTH(0);

    private static final MqttPacketType[] ALL = values();

    /** The lower half of the first byte of such packets, -1 for any. */
    private final int flags;

    MqttPacketType(int flags) {
        this.flags = flags;
    }

    boolean mayHave(int firstByte) {
        return flags < 0 || flags == (firstByte & 0x0F);
    }

    int number() {
        return ordinal() + 1;
    }

    /** By name in any case, or number; null for another word. */
    public static MqttPacketType of(String word) {
        for (MqttPacketType type : ALL) {
            if (type.name().equals(word.toUpperCase(Locale.ROOT)) || word.equals(Integer.toString(type.number()))) {
                return type;
            }
        }
        return null;
    }

    /** Null for 0. */
    static MqttPacketType ofNumber(int number) {
        return number == 0 ? null : ALL[number - 1];
    }
}
