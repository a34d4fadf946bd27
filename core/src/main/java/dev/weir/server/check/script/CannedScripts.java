package dev.weir.server.check.script;

import dev.weir.server.check.script.ExpectStep.Outcomes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/** Checks of protocols that need no script in the configuration. No state. */
public final class CannedScripts {
    private static final int SMTP_CODE_BYTES = 3;
    private static final String LDAP_BIND = "300C020101600702010304008000";

    private CannedScripts() {}

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static InfoText constant(String text) {
        return run -> text;
    }

    /** {@code option redis-check}: PING is answered. */
    public static CheckScript redis() {
        return CannedScript.abrupt()
                .send(ascii("*1\r\n$4\r\nPING\r\n"))
                .expect(
                        TextExpectation.string("+PONG\r\n"),
                        -1,
                        new Outcomes(
                                null,
                                CheckStatus.L7STS,
                                null,
                                constant("Redis server is ok"),
                                run -> ByteStrings.firstLine(run.received()),
                                null))
                .build();
    }

    /** {@code option ldap-check}: an anonymous bind is answered. */
    public static CheckScript ldap() {
        byte[] bind = ascii(LDAP_BIND);
        return CannedScript.abrupt()
                .send(Arrays.copyOf(bind, Hex.decode(bind, bind.length)))
                .expect(
                        CannedScript.matchingHex("^30"),
                        14,
                        new Outcomes(null, null, null, null, constant("Not LDAPv3 protocol"), null))
                .expect(
                        new LdapExpectation(),
                        -1,
                        new Outcomes(null, null, null, constant("Success"), null, LdapExpectation::code))
                .build();
    }

    /** {@code option ssl-hello-chk}: a hello of SSLv3 is answered by one or by an alert. */
    public static CheckScript sslHello() {
        Outcomes outcomes = new Outcomes(CheckStatus.L6OK, CheckStatus.L6RSP, CheckStatus.L6TOUT, null, null, null);
        return CannedScript.abrupt()
                .send(new SslHello())
                .expect(CannedScript.matchingHex("^1[56]"), 5, outcomes)
                .build();
    }

    /** {@code option smtpchk}: the server greets, knows the command and says good bye. */
    public static CheckScript smtp(String hello, String domain) {
        return CannedScript.lingering()
                .expect(
                        CannedScript.matching("^[0-9]{3}[ \r]"),
                        4,
                        new Outcomes(null, null, null, null, run -> ByteStrings.firstLine(run.received()), null))
                .expect(CannedScript.matching("^2[0-9]{2}[ \r]"), 4, smtpOutcomes(false))
                .send(ascii(hello + " " + domain + "\r\n"))
                .expect(CannedScript.matching("^(2[0-9]{2}-[^\r]*\r\n)*2[0-9]{2}[ \r]"), -1, smtpOutcomes(false))
                .send(ascii("QUIT\r\n"))
                .expect(CannedScript.matching("^2[0-9]{2}[- \r]"), 4, smtpOutcomes(true))
                .build();
    }

    private static Outcomes smtpOutcomes(boolean isLast) {
        InfoText text = CannedScripts::smtpText;
        return new Outcomes(null, CheckStatus.L7STS, null, isLast ? text : null, text, CannedScripts::smtpCode);
    }

    /** What stands behind the code in the first line. */
    private static String smtpText(CheckRun run) {
        String line = ByteStrings.firstLine(run.received());
        int start = 4;
        while (start < line.length() && line.charAt(start) == ' ') {
            start++;
        }
        return start < line.length() ? line.substring(start) : "";
    }

    private static int smtpCode(CheckRun run) {
        DirectBuffer received = run.received();
        if (received.capacity() < SMTP_CODE_BYTES) {
            return 0;
        }
        int code = 0;
        for (int i = 0; i < SMTP_CODE_BYTES; i++) {
            int digit = received.getByte(i) - '0';
            if (digit < 0 || digit > 9) {
                return code;
            }
            code = code * 10 + digit;
        }
        return code;
    }

    /** {@code option pgsql-check}: the server asks the user for credentials, or needs none. */
    public static CheckScript postgresql(String user) {
        String startup = "\0\3\0\0user\0" + user + "\0\0";
        byte[] message = ascii("\0\0\0\0" + startup);
        message[2] = (byte) (message.length >> 8);
        message[3] = (byte) message.length;
        return CannedScript.lingering()
                .send(message)
                .refuse(
                        CannedScript.matching("^E"),
                        5,
                        new Outcomes(null, null, null, null, CannedScripts::postgresqlError, null))
                .expect(
                        CannedScript.matchingHex("^52000000[A-Z0-9]{2}000000(00|02|03|04|05|06|07|09|0A)"),
                        9,
                        new Outcomes(
                                null,
                                CheckStatus.L7STS,
                                null,
                                constant("PostgreSQL server is ok"),
                                constant("PostgreSQL unknown error"),
                                null))
                .build();
    }

    /** From the first field's text on, up to the first NUL. */
    private static String postgresqlError(CheckRun run) {
        DirectBuffer received = run.received();
        int start = Math.min(6, received.capacity());
        int end = start;
        while (end < received.capacity() && received.getByte(end) != 0) {
            end++;
        }
        return ByteStrings.of(received, start, end - start);
    }

    /**
     * {@code option mysql-check}: the server greets, and knows the user if one is given.
     *
     * @param user null for none
     * @param isBefore41 speaks as clients before MySQL 4.1 did
     */
    public static CheckScript mysql(String user, boolean isBefore41) {
        CannedScript script = CannedScript.lingering();
        if (user == null) {
            return script.expect(new MysqlExpectation(false), -1, MysqlExpectation.OUTCOMES)
                    .build();
        }
        return script.send(isBefore41 ? MysqlExpectation.loginBefore41(user) : MysqlExpectation.login(user))
                .expect(new MysqlExpectation(false), -1, MysqlExpectation.OUTCOMES)
                .expect(new MysqlExpectation(true), -1, MysqlExpectation.OUTCOMES)
                .build();
    }

    /**
     * {@code agent-check}: a line from a program beside the server.
     *
     * @param greeting what it is sent first, or null
     */
    public static CheckScript agent(byte[] greeting) {
        return CannedScript.abrupt()
                .send(greeting == null ? new byte[0] : greeting)
                .expect(new LineExpectation(), -1, Outcomes.DEFAULT)
                .build();
    }
}
