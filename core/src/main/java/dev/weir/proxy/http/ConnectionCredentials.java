package dev.weir.proxy.http;

import dev.weir.protocol.http.FieldName;
import dev.weir.protocol.http.ListValues;
import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.Slice;
import org.agrona.DirectBuffer;

/** Authentication schemes whose success holds for the connection, not for the request (RFC 4559 section 6, NTLM). No state. */
final class ConnectionCredentials {
    /** Also Nego2. */
    private static final FieldName NEGOTIATE = FieldName.of("nego");

    private static final FieldName NTLM = FieldName.of("ntlm");

    private ConnectionCredentials() {}

    /** Whether a challenge of the response names one of them; as under HAProxy, by the first letters. */
    static boolean areAskedFor(MessageHead response, FieldName challenge) {
        ListValues values = new ListValues();
        values.start(response, challenge);
        boolean isAsked = false;
        while (!isAsked && values.next()) {
            isAsked = begins(response, values.value(), NEGOTIATE) || begins(response, values.value(), NTLM);
        }
        return isAsked;
    }

    private static boolean begins(MessageHead head, long value, FieldName word) {
        int length = word.length();
        DirectBuffer bytes = head.bytes(value);
        return Slice.length(value) >= length && word.isAt(bytes, Slice.offset(value), length);
    }
}
