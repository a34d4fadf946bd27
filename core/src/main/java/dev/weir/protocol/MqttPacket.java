package dev.weir.protocol;

import dev.weir.protocol.MqttField.Form;
import java.util.EnumSet;
import java.util.Set;
import org.agrona.DirectBuffer;

/**
 * Checks the first packet of an MQTT connection, CONNECT or CONNACK of MQTT 3.1, 3.1.1 or 5, and finds one of its fields on the way. Knows
 * what HAProxy knows, as strictly and as loosely. One use, one thread; reads within the bytes it is given and keeps none.
 */
public final class MqttPacket {
    private static final int HEADER_BYTES_MIN = 2;
    private static final int VARIABLE_INT_BYTES_MAX = 4;
    private static final int VERSION_3_1 = 3;
    private static final int VERSION_3_1_1 = 4;
    private static final int VERSION_5 = 5;
    /** In lower case. */
    private static final byte[] PROTOCOL = {'m', 'q', 't', 't'};

    private static final byte[] PROTOCOL_3_1 = {'m', 'q', 'i', 's', 'd', 'p'};

    private static final int FLAG_RESERVED = 0x01;
    private static final int FLAG_WILL = 0x04;
    private static final int FLAGS_OF_WILL = 0x3C;
    private static final int FLAGS_WILL_QOS = 0x18;
    private static final int FLAG_PASSWORD = 0x40;
    private static final int FLAG_USERNAME = 0x80;

    private static final Set<MqttField> OF_CONNECT = EnumSet.of(
            MqttField.SESSION_EXPIRY_INTERVAL,
            MqttField.RECEIVE_MAXIMUM,
            MqttField.MAXIMUM_PACKET_SIZE,
            MqttField.TOPIC_ALIAS_MAXIMUM,
            MqttField.REQUEST_RESPONSE_INFORMATION,
            MqttField.REQUEST_PROBLEM_INFORMATION,
            MqttField.USER_PROPERTY,
            MqttField.AUTHENTICATION_METHOD,
            MqttField.AUTHENTICATION_DATA);
    private static final Set<MqttField> OF_WILL = EnumSet.of(
            MqttField.WILL_DELAY_INTERVAL,
            MqttField.PAYLOAD_FORMAT_INDICATOR,
            MqttField.MESSAGE_EXPIRY_INTERVAL,
            MqttField.CONTENT_TYPE,
            MqttField.RESPONSE_TOPIC,
            MqttField.CORRELATION_DATA,
            MqttField.USER_PROPERTY);
    private static final Set<MqttField> OF_CONNACK = EnumSet.of(
            MqttField.SESSION_EXPIRY_INTERVAL,
            MqttField.RECEIVE_MAXIMUM,
            MqttField.MAXIMUM_QOS,
            MqttField.RETAIN_AVAILABLE,
            MqttField.MAXIMUM_PACKET_SIZE,
            MqttField.ASSIGNED_CLIENT_IDENTIFIER,
            MqttField.TOPIC_ALIAS_MAXIMUM,
            MqttField.REASON_STRING,
            MqttField.WILDCARD_SUBSCRIPTION_AVAILABLE,
            MqttField.SUBSCRIPTION_IDENTIFIERS_AVAILABLE,
            MqttField.SHARED_SUBSCRIPTION_AVAILABLE,
            MqttField.SERVER_KEEPALIVE,
            MqttField.RESPONSE_INFORMATION,
            MqttField.SERVER_REFERENCE,
            MqttField.USER_PROPERTY,
            MqttField.AUTHENTICATION_METHOD,
            MqttField.AUTHENTICATION_DATA);

    private final DirectBuffer bytes;
    private final MqttField wanted;
    private int at;
    /** Where reading ends: the bytes' end, or that of the properties that are read. */
    private int end;
    /** Something did not fit before the end. */
    private boolean isShort;

    private MqttPacketType type;
    private boolean hasAuthenticationMethod;
    private boolean hasAuthenticationData;
    private int textOffset;
    private int textLength;
    private long number = -1;

    /** @param wanted what {@link #read} shall find, null for nothing */
    public MqttPacket(DirectBuffer bytes, MqttField wanted) {
        this.bytes = bytes;
        this.wanted = wanted;
        this.end = bytes.capacity();
    }

    /** To be called once, before anything else. */
    public Validity read() {
        if (bytes.capacity() < HEADER_BYTES_MIN) {
            return Validity.INCOMPLETE;
        }
        int first = readByte();
        type = MqttPacketType.ofNumber(first >> 4);
        if (type == null || !type.mayHave(first)) {
            return Validity.INVALID;
        }
        long remaining = readVariableInt();
        if (isShort) {
            return Validity.INVALID;
        }
        if (end - at < remaining) {
            return Validity.INCOMPLETE;
        }
        long packetEnd = at + remaining;
        return readBody() && !isShort && at == packetEnd ? Validity.VALID : Validity.INVALID;
    }

    /** Null before the type is known. */
    public MqttPacketType type() {
        return type;
    }

    /** Whether the wanted field is there as text, at least one byte. */
    public boolean hasText() {
        return textLength > 0;
    }

    public int textOffset() {
        return textOffset;
    }

    public int textLength() {
        return textLength;
    }

    /** The wanted field; -1 if it is not there as a number. Numeric properties that are not there are 0. */
    public long number() {
        return number;
    }

    private boolean readBody() {
        return switch (type) {
            case CONNECT -> readConnect();
            case CONNACK -> readConnack();
            default -> false;
        };
    }

    private boolean readConnect() {
        if (!readProtocolName()) {
            return false;
        }
        int version = readByte();
        keep(MqttField.PROTOCOL_VERSION, version);
        int flags = readByte();
        keep(MqttField.FLAGS, flags);
        keep(MqttField.KEEPALIVE, readShort());
        if (version < VERSION_3_1 || version > VERSION_5 || !isPossible(flags)) {
            return false;
        }
        if (version == VERSION_5 && !readProperties(OF_CONNECT)) {
            return false;
        }
        if (hasAuthenticationData && !hasAuthenticationMethod) {
            return false;
        }
        return readPayload(version, flags);
    }

    /** Either name goes with any version: so it does in HAProxy. */
    private boolean readProtocolName() {
        int length = readText(MqttField.PROTOCOL_NAME);
        return isBehind(PROTOCOL, length) || isBehind(PROTOCOL_3_1, length);
    }

    /** Whether the last bytes that were taken are those, in any case. */
    private boolean isBehind(byte[] name, int length) {
        boolean isSame = length == name.length;
        for (int i = 0; isSame && i < length; i++) {
            isSame = (bytes.getByte(at - length + i) | 0x20) == name[i];
        }
        return isSame;
    }

    private static boolean isPossible(int flags) {
        return (flags & FLAG_RESERVED) == 0 && (flags & FLAGS_OF_WILL) != FLAGS_WILL_QOS;
    }

    private boolean readPayload(int version, int flags) {
        readText(MqttField.CLIENT_IDENTIFIER);
        boolean hasWill = (flags & FLAG_WILL) != 0;
        if (hasWill && version == VERSION_5 && !readProperties(OF_WILL)) {
            return false;
        }
        if (hasWill) {
            readText(MqttField.WILL_TOPIC);
            readText(MqttField.WILL_PAYLOAD);
        }
        if ((flags & FLAG_USERNAME) != 0) {
            readText(MqttField.USERNAME);
        }
        if ((flags & FLAG_PASSWORD) != 0) {
            readText(MqttField.PASSWORD);
        }
        return true;
    }

    private boolean readConnack() {
        boolean isVersion5 = end - at > 2;
        keep(MqttField.PROTOCOL_VERSION, isVersion5 ? VERSION_5 : VERSION_3_1_1);
        int flags = readByte();
        keep(MqttField.FLAGS, flags);
        keep(MqttField.REASON_CODE, readByte());
        return flags <= 1 && (!isVersion5 || readProperties(OF_CONNACK));
    }

    private boolean readProperties(Set<MqttField> allowed) {
        long length = readVariableInt();
        if (isShort || end - at < length) {
            return false;
        }
        if (wanted != null && wanted.form.isNumber() && allowed.contains(wanted)) {
            number = 0;
        }
        int endOfAll = end;
        end = at + (int) length;
        long seen = 0;
        while (at < end) {
            MqttField field = MqttField.ofProperty(readByte());
            if (field == null || !allowed.contains(field)) {
                return false;
            }
            boolean isRepeated = (seen & 1L << field.property) != 0 && field.form != Form.PAIR;
            if (isRepeated || !readProperty(field) || isShort) {
                return false;
            }
            seen |= 1L << field.property;
        }
        end = endOfAll;
        return true;
    }

    /** False for a value that the property cannot have. */
    private boolean readProperty(MqttField field) {
        return switch (field.form) {
            case BIT -> keep(field, readByte()) <= 1;
            case SHORT -> keep(field, readShort()) >= 0;
            case POSITIVE_SHORT -> keep(field, readShort()) > 0;
            case INT -> keep(field, readInt()) >= 0;
            case POSITIVE_INT -> keep(field, readInt()) > 0;
            case TEXT -> readPropertyText(field) >= 0;
            case FILLED_TEXT -> readPropertyText(field) > 0;
            case PAIR -> readText(null) + readText(null) >= 0;
            case PLAIN -> false;
        };
    }

    private int readPropertyText(MqttField field) {
        int length = readText(field);
        hasAuthenticationMethod |= field == MqttField.AUTHENTICATION_METHOD && length > 0;
        hasAuthenticationData |= field == MqttField.AUTHENTICATION_DATA && length > 0;
        return length;
    }

    private long keep(MqttField field, long value) {
        if (field == wanted) {
            number = value;
        }
        return value;
    }

    /** @return its length in bytes, 0 if it does not fit */
    private int readText(MqttField field) {
        int length = (int) readShort();
        if (!take(length)) {
            return 0;
        }
        if (field != null && field == wanted) {
            textOffset = at - length;
            textLength = length;
        }
        return length;
    }

    private int readByte() {
        return take(1) ? bytes.getByte(at - 1) & 0xFF : 0;
    }

    private long readShort() {
        return take(2) ? bytesBefore(2) : 0;
    }

    private long readInt() {
        return take(4) ? bytesBefore(4) : 0;
    }

    /** The last bytes that were taken, most significant first. */
    private long bytesBefore(int count) {
        long value = 0;
        for (int i = count; i > 0; i--) {
            value = value << 8 | bytes.getByte(at - i) & 0xFF;
        }
        return value;
    }

    /** One that is cut off counts as far as it goes. */
    private long readVariableInt() {
        long value = 0;
        int count = 0;
        for (; at < end && count < VARIABLE_INT_BYTES_MAX; count++) {
            int next = readByte();
            value |= (long) (next & 0x7F) << 7 * count;
            if (next < 0x80) {
                return value;
            }
        }
        isShort |= count == VARIABLE_INT_BYTES_MAX;
        return value;
    }

    private boolean take(int count) {
        isShort |= end - at < count;
        if (!isShort) {
            at += count;
        }
        return !isShort;
    }
}
