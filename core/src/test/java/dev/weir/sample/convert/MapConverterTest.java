package dev.weir.sample.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.sample.ExpressionParser;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Sample;
import dev.weir.sample.SampleNames;
import dev.weir.sample.SampleType;
import dev.weir.sample.Scratch;
import dev.weir.sample.TestContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MapConverterTest {
    private final TestContext context = new TestContext();

    @TempDir
    Path folder;

    @BeforeEach
    void writeFiles() throws IOException {
        Files.writeString(
                folder.resolve("names"), "# comment\n www.a.example   be_a  \nwww.b.example be_b\na be_short\n");
        Files.writeString(folder.resolve("prefixes"), "/ root\n/img/ images\n/img/big/ large\n");
        Files.writeString(folder.resolve("nets"), "10.0.0.0/8 ten\n10.1.0.0/16 tenone\n2001:db8::/32 doc\n");
        Files.writeString(folder.resolve("numbers"), "1:10 low\n11: high\n");
        Files.writeString(folder.resolve("values"), "a 5\nb 192\n");
        Files.writeString(folder.resolve("addresses"), "a 192.0.2.1\nb 2001:db8::1\n");
        Files.writeString(folder.resolve("regexes"), "^www\\.(.*)\\.example$ be_\\1\n. any\n");
        context.folder = folder;
    }

    private String value(String text) throws ParseProblem {
        Sample sample = new Scratch(1).take();
        return new ExpressionParser(SampleNames.standard())
                        .parse(text, context)
                        .evaluateAs(context.process.stream(), sample, SampleType.STRING)
                ? sample.bytes().getStringWithoutLengthUtf8(0, sample.length())
                : null;
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', nullValues = "none", textBlock = """
            str(www.a.example),map(names)             ; be_a
            str(www.c.example),map(names)             ; none
            str(www.c.example),map(names,other)       ; other
            str(www.c.example),map_str(names,other)   ; other
            str(/img/big/x),map_beg(prefixes)         ; large
            str(/img/x),map_beg(prefixes)             ; images
            str(/x),map_beg(prefixes)                 ; root
            str(x.www.b.example),map_end(names)       ; be_b
            str(xwww.b.example.x),map_sub(names)      ; be_b
            str(http://www.a.example/),map_dom(names) ; be_a
            str(/x/a/y),map_dir(names)                ; be_short
            ipv4(10.1.2.3),map_ip(nets)               ; tenone
            ipv4(10.2.2.3),map_ip(nets)               ; ten
            ipv6(2001:db8::7),map_ip(nets)            ; doc
            str(10.1.2.3),map_ip(nets)                ; tenone
            ipv4(11.0.0.1),map_ip(nets,none_of_them)  ; none_of_them
            int(5),map_int(numbers)                   ; low
            int(50),map_int(numbers)                  ; high
            str(a),map_str_int(values),add(1)         ; 6
            str(z),map_str_int(values,7),add(1)       ; 8
            str(a),map_str_ip(addresses)              ; 192.0.2.1
            str(b),map_str_ip(addresses)              ; 2001:db8::1
            ipv4(10.1.2.3),map_ip_key(nets)           ; 10.1.0.0/16
            str(www.x.example),map_regm(regexes)      ; be_x
            str(www.x.example),map_reg(regexes)       ; be_\\1
            str(other),map_regm(regexes)              ; any
            str(a),map(opt@missing,m)                 ; m
            str(a),map(virt@dynamic,m)                ; m
            str(a),map(file@values)                   ; 5
            """)
    void shouldLookUp(String expression, String expected) throws ParseProblem {
        assertThat(value(expression)).isEqualTo(expected == null ? null : expected.replace("\\\\", "\\"));
    }

    @Test
    void shouldReportWhatCannotBeRead() {
        assertThatThrownBy(() -> value("str(a),map(missing)")).hasMessageContaining("<missing>");
        assertThatThrownBy(() -> value("str(a),map_str_int(names)")).hasMessageContaining("'be_a' is not a number");
        assertThatThrownBy(() -> value("str(a),map_str_ip(names)")).hasMessageContaining("is not an IP address");
    }
}
