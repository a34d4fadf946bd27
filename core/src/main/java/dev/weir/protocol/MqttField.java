package dev.weir.protocol;

import java.util.Locale;

/** What can be asked of an MQTT packet: fields by their word, properties of MQTT 5 by their number. The names are HAProxy's. */
public enum MqttField {
    FLAGS("flags", Form.PLAIN, Packets.CONNECT | Packets.CONNACK),
    REASON_CODE("reason_code", Form.PLAIN, Packets.CONNACK | Packets.PUBLISH_REPLIES | Packets.DISCONNECT),
    PROTOCOL_NAME("protocol_name", Form.PLAIN, Packets.CONNECT),
    PROTOCOL_VERSION("protocol_version", Form.PLAIN, Packets.CONNECT | Packets.CONNACK),
    CLIENT_IDENTIFIER("client_identifier", Form.PLAIN, Packets.CONNECT),
    WILL_TOPIC("will_topic", Form.PLAIN, Packets.CONNECT),
    WILL_PAYLOAD("will_payload", Form.PLAIN, Packets.CONNECT),
    USERNAME("username", Form.PLAIN, Packets.CONNECT),
    PASSWORD("password", Form.PLAIN, Packets.CONNECT),
    KEEPALIVE("keepalive", Form.PLAIN, Packets.CONNECT),
    PAYLOAD_FORMAT_INDICATOR(1, Form.BIT, Packets.CONNECT | Packets.PUBLISH),
    MESSAGE_EXPIRY_INTERVAL(2, Form.INT, Packets.CONNECT | Packets.PUBLISH),
    CONTENT_TYPE(3, Form.TEXT, Packets.CONNECT | Packets.PUBLISH),
    RESPONSE_TOPIC(8, Form.TEXT, Packets.CONNECT | Packets.PUBLISH),
    CORRELATION_DATA(9, Form.TEXT, Packets.CONNECT | Packets.PUBLISH),
    SUBSCRIPTION_IDENTIFIER(11, Form.INT, Packets.PUBLISH | Packets.SUBSCRIBE),
    SESSION_EXPIRY_INTERVAL(17, Form.INT, Packets.CONNECT | Packets.CONNACK | Packets.DISCONNECT),
    ASSIGNED_CLIENT_IDENTIFIER(18, Form.FILLED_TEXT, Packets.CONNACK),
    SERVER_KEEPALIVE(19, Form.SHORT, Packets.CONNACK),
    AUTHENTICATION_METHOD(21, Form.TEXT, Packets.CONNECT | Packets.CONNACK | Packets.AUTH),
    AUTHENTICATION_DATA(22, Form.TEXT, Packets.CONNECT | Packets.CONNACK | Packets.AUTH),
    REQUEST_PROBLEM_INFORMATION(23, Form.BIT, Packets.CONNECT),
    WILL_DELAY_INTERVAL(24, Form.INT, Packets.CONNECT),
    REQUEST_RESPONSE_INFORMATION(25, Form.BIT, Packets.CONNECT),
    RESPONSE_INFORMATION(26, Form.TEXT, Packets.CONNACK),
    SERVER_REFERENCE(28, Form.TEXT, Packets.CONNACK | Packets.DISCONNECT),
    REASON_STRING(
            31,
            Form.TEXT,
            Packets.CONNACK | Packets.PUBLISH_REPLIES | Packets.SUBSCRIBE_REPLIES | Packets.DISCONNECT | Packets.AUTH),
    RECEIVE_MAXIMUM(33, Form.POSITIVE_SHORT, Packets.CONNECT | Packets.CONNACK),
    TOPIC_ALIAS_MAXIMUM(34, Form.SHORT, Packets.CONNECT | Packets.CONNACK),
    TOPIC_ALIAS(35, Form.SHORT, Packets.PUBLISH),
    MAXIMUM_QOS(36, Form.BIT, Packets.CONNACK),
    RETAIN_AVAILABLE(37, Form.BIT, Packets.CONNACK),
    USER_PROPERTY(38, Form.PAIR, Packets.WITH_USER_PROPERTIES),
    MAXIMUM_PACKET_SIZE(39, Form.POSITIVE_INT, Packets.CONNECT | Packets.CONNACK),
    WILDCARD_SUBSCRIPTION_AVAILABLE(40, Form.BIT, Packets.CONNACK),
    SUBSCRIPTION_IDENTIFIERS_AVAILABLE(41, Form.BIT, Packets.CONNACK),
    SHARED_SUBSCRIPTION_AVAILABLE(42, Form.BIT, Packets.CONNACK);

    private static final MqttField[] PROPERTIES = new MqttField[64];

    static {
        for (MqttField field : values()) {
            if (field.property > 0) {
                PROPERTIES[field.property] = field;
            }
        }
    }

    /** How a property's value is written. */
    enum Form {
        /** No property. */
        PLAIN,
        /** A byte that is 0 or 1. */
        BIT,
        SHORT,
        POSITIVE_SHORT,
        INT,
        POSITIVE_INT,
        TEXT,
        /** Text of at least one byte. */
        FILLED_TEXT,
        /** Two texts; may come again and again. */
        PAIR;

        boolean isNumber() {
            return this == BIT || this == SHORT || this == POSITIVE_SHORT || this == INT || this == POSITIVE_INT;
        }
    }

    /** Sets of packet types, a bit for each. */
    private static final class Packets {
        static final int CONNECT = 1 << 1;
        static final int CONNACK = 1 << 2;
        static final int PUBLISH = 1 << 3;
        /** PUBACK, PUBREC, PUBREL, PUBCOMP. */
        static final int PUBLISH_REPLIES = 0xF << 4;

        static final int SUBSCRIBE = 1 << 8;
        /** SUBACK, UNSUBACK. */
        static final int SUBSCRIBE_REPLIES = 1 << 9 | 1 << 11;

        static final int DISCONNECT = 1 << 14;
        static final int AUTH = 1 << 15;
        /** All but the two pings. */
        static final int WITH_USER_PROPERTIES = 0xCFFE;
    }

    final int property;
    final Form form;
    private final String word;
    private final int packets;

    MqttField(String word, Form form, int packets) {
        this(0, word, form, packets);
    }

    MqttField(int property, Form form, int packets) {
        this(property, Integer.toString(property), form, packets);
    }

    MqttField(int property, String word, Form form, int packets) {
        this.property = property;
        this.word = word;
        this.form = form;
        this.packets = packets;
    }

    /** By its word or a property's number, in any case; null if packets of that type have none of that name. */
    public static MqttField of(String word, MqttPacketType packet) {
        for (MqttField field : values()) {
            if (field.word.equals(word.toLowerCase(Locale.ROOT))) {
                return (field.packets & 1 << packet.number()) != 0 ? field : null;
            }
        }
        return null;
    }

    /** Null if there is none of that number. */
    static MqttField ofProperty(int number) {
        return number < PROPERTIES.length ? PROPERTIES[number] : null;
    }
}
