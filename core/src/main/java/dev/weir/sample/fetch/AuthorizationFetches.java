package dev.weir.sample.fetch;

import static dev.weir.sample.Availability.HTTP_REQUEST;
import static dev.weir.sample.SampleType.BOOLEAN;
import static dev.weir.sample.SampleType.STRING;

import dev.weir.protocol.http.FieldName;
import dev.weir.protocol.http.ListValues;
import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.Slice;
import dev.weir.sample.Arguments;
import dev.weir.sample.Base64Text;
import dev.weir.sample.ByteWriter;
import dev.weir.sample.FetchFamily;
import dev.weir.sample.FetchTable;
import dev.weir.sample.ParseContext;
import dev.weir.sample.Sample;
import dev.weir.stream.Stream;
import dev.weir.stream.ValueType;
import dev.weir.userlist.User;
import dev.weir.userlist.UserList;
import java.nio.charset.StandardCharsets;

/** Who the client says it is (RFC 7617, RFC 6750), and whether it is true. */
final class AuthorizationFetches implements FetchFamily {
    private static final FieldName PROXY_AUTHORIZATION = FieldName.of("proxy-authorization");
    private static final FieldName BASIC = FieldName.of("basic");
    private static final FieldName BEARER = FieldName.of("bearer");
    private static final byte[] BASIC_TEXT = "Basic".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BEARER_TEXT = "Bearer".getBytes(StandardCharsets.US_ASCII);

    @Override
    public void describe(FetchTable table) {
        table.add(
                "http_auth",
                BOOLEAN,
                HTTP_REQUEST,
                "userlist",
                "whether the client gave name and password of a user in a list",
                (stream, args, out) -> credentials(stream, out) && out.bool(user(args.userList(0), out) != null));
        table.add(
                "http_auth_group",
                STRING,
                HTTP_REQUEST,
                "userlist",
                "name of the user in a list whose password the client gave; a test compares with groups",
                AuthorizationFetches::authenticatedName);
        table.add(
                "http_auth_user",
                STRING,
                HTTP_REQUEST,
                "name that the client gave",
                (stream, args, out) -> credentials(stream, out) && out.slice(0, colon(out)) && isText(out));
        table.add(
                "http_auth_pass",
                STRING,
                HTTP_REQUEST,
                "password that the client gave",
                (stream, args, out) -> credentials(stream, out)
                        && out.slice(colon(out) + 1, out.length() - colon(out) - 1)
                        && isText(out));
        table.add("http_auth_type", STRING, HTTP_REQUEST, "Basic or Bearer", AuthorizationFetches::type);
        table.add(
                "http_auth_bearer",
                STRING,
                HTTP_REQUEST,
                "[str]",
                "bearer token that the client gave, in Authorization or another field",
                AuthorizationFetches::checkField,
                (stream, args, out) -> bearer(Heads.request(stream, out), field(stream, args), out));
    }

    private static void checkField(Arguments args, ParseContext context) {
        args.compiled(FieldName.of(args.hasText(0) ? args.text(0) : ""));
    }

    private static FieldName field(Stream stream, Arguments args) {
        FieldName named = args.compiled(FieldName.class);
        return named.length() > 0 ? named : field(stream);
    }

    /** Where the credentials are; in {@code mode tcp}, too, if there is a request. */
    private static FieldName field(Stream stream) {
        return stream.http() != null && stream.http().isForProxy() ? PROXY_AUTHORIZATION : FieldName.AUTHORIZATION;
    }

    private static boolean isText(Sample out) {
        return out.retype(ValueType.STR);
    }

    private static boolean bearer(MessageHead head, FieldName field, Sample out) {
        return parameters(head, field, BEARER, out) && out.length() > 0;
    }

    private static boolean type(Stream stream, Arguments args, Sample out) {
        if (credentials(stream, out)) {
            return out.string(BASIC_TEXT);
        }
        return bearer(Heads.request(stream, out), field(stream), out) && out.string(BEARER_TEXT);
    }

    /** What follows the scheme's name in the first value of the field; false if that names another one. */
    private static boolean parameters(MessageHead head, FieldName field, FieldName scheme, Sample out) {
        if (head == null) {
            return false;
        }
        ListValues values = out.values().start(head, field);
        if (!values.next()) {
            return false;
        }
        long value = values.value();
        int at = scheme.length();
        boolean isScheme = Slice.length(value) > at
                && head.byteAt(value, at) == ' '
                && scheme.isAt(head.bytes(value), Slice.offset(value), at);
        while (isScheme && at < Slice.length(value) && head.byteAt(value, at) == ' ') {
            at++;
        }
        return isScheme && out.slice(head, Slice.part(value, at, Slice.length(value) - at));
    }

    /** Name and password with a colon between, decoded. */
    private static boolean credentials(Stream stream, Sample out) {
        return parameters(Heads.request(stream, out), field(stream), BASIC, out)
                && Base64Text.decode(out, Base64Text.STANDARD, true)
                && colon(out) >= 0;
    }

    private static int colon(Sample out) {
        for (int i = 0; i < out.length(); i++) {
            if (out.byteAt(i) == ':') {
                return i;
            }
        }
        return -1;
    }

    private static User user(UserList users, Sample credentials) {
        ByteWriter text = credentials.writer().put(credentials.bytes(), 0, credentials.length());
        return users.authenticated(text.array(), colon(credentials), text.length());
    }

    private static boolean authenticatedName(Stream stream, Arguments args, Sample out) {
        return credentials(stream, out)
                && user(args.userList(0), out) != null
                && out.slice(0, colon(out))
                && isText(out);
    }
}
