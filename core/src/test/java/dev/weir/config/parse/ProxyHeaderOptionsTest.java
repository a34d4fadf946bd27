package dev.weir.config.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.model.Problem;
import dev.weir.config.model.Problems;
import dev.weir.config.model.ProxyProtocol;
import dev.weir.config.model.ProxyProtocol.Field;
import dev.weir.config.model.ServerLine;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages are those of HAProxy 3.2.26. */
class ProxyHeaderOptionsTest {
    private final Problems problems = new Problems();

    private List<ProxyProtocol> headers(String lines) {
        byte[] text = ("backend be\n" + lines + "\n").getBytes(StandardCharsets.ISO_8859_1);
        return ConfigurationReader.readText("test.cfg", text, Environment.of(Map.of()), problems).proxies().stream()
                .flatMap(proxy -> proxy.backend().servers().stream())
                .map(ServerLine::sendProxy)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "(0x21), 33",
        "(0XfF), 255",
        "(010), 8",
        "(0), 0",
        "'', 0",
        "(+3), 3",
        "'(\\ 3)', 3",
        "(3)x, 3",
        "(4294967297), 1",
        "(-4294967295), 1"
    })
    void shouldReadTheTypeAsC(String argument, int type) {
        List<ProxyProtocol> headers =
                headers("server s1 127.0.0.1:1 set-proxy-v2-tlv-fmt" + argument + " %[src] backup");

        assertThat(problems.all()).isEmpty();
        assertThat(headers.getFirst().fields()).containsExactly(new Field(type, "%[src]"));
    }

    @ParameterizedTest
    @CsvSource({
        "(256), the maximum allowed TLV ID is 255.",
        "(-1), the maximum allowed TLV ID is 255.",
        "(18446744073709551615), the maximum allowed TLV ID is 255.",
        "(18446744073709551616), could not convert TLV ID.",
        "(x), could not convert TLV ID.",
        "(), could not convert TLV ID.",
        "(1x), expects set-proxy-v2-tlv(<TLV ID>).",
        "(3, expects set-proxy-v2-tlv(<TLV ID>).",
        "(0x), expects set-proxy-v2-tlv(<TLV ID>).",
        "(09), expects set-proxy-v2-tlv(<TLV ID>)."
    })
    void shouldSayWhatIsWrongWithTheType(String argument, String message) {
        headers("server s1 127.0.0.1:1 set-proxy-v2-tlv-fmt" + argument + " a backup");

        assertThat(problems.all())
                .extracting(Problem::text)
                .containsExactly(
                        "'server be/s1' : 'set-proxy-v2-tlv-fmt" + argument + "' : " + message,
                        "config : Error(s) found in configuration file : test.cfg");
    }

    @Test
    void shouldAddToTheFieldsOfDefaultServer() {
        List<ProxyProtocol> headers = headers("default-server set-proxy-v2-tlv-fmt(1) a\n"
                + "server s1 127.0.0.1:1 set-proxy-v2-tlv-fmt(1) b\n"
                + "server-template t 2 127.0.0.1:1 set-proxy-v2-tlv-fmt(2)");

        assertThat(problems.all()).isEmpty();
        assertThat(headers)
                .extracting(ProxyProtocol::fields)
                .containsExactly(
                        List.of(new Field(1, "a"), new Field(1, "b")),
                        List.of(new Field(1, "a"), new Field(2, "")),
                        List.of(new Field(1, "a"), new Field(2, "")));
    }

    @Test
    void shouldNotTakeAnotherWordForTheKeyword() {
        headers("server s1 127.0.0.1:1 set-proxy-v2-tlv-fmtx(3) a\n server s2 127.0.0.1:1 backup(3)");

        assertThat(problems.all())
                .extracting(Problem::text)
                .anyMatch(text -> text.startsWith("'server be/s1' : unknown keyword 'set-proxy-v2-tlv-fmtx(3)'"))
                .anyMatch(text -> text.startsWith("'server be/s2' : unknown keyword 'backup(3)'"));
    }
}
