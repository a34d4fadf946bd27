package dev.weir.load.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrlTest {
    @ParameterizedTest
    @CsvSource({
        "http://example,example,80,example,/",
        "example:8080/x?y=1#z,example,8080,example:8080,/x?y=1",
        "http://[::1]:80/a,::1,80,[::1],/a",
        "http://[::1]?q,::1,80,[::1],/?q",
        "HTTP://h:81,h,81,h:81,/",
        "tcp://h:80/echo,h,80,h:80,/echo",
    })
    void shouldTakeUrlsApart(String text, String host, int port, String hostAndPort, String target) {
        Url url = Url.parse(text);

        assertThat(url.host()).isEqualTo(host);
        assertThat(url.port()).isEqualTo(port);
        assertThat(url.hostAndPort()).isEqualTo(hostAndPort);
        assertThat(url.target()).isEqualTo(target);
    }

    @ParameterizedTest
    @CsvSource({
        "https://x,https is not supported yet",
        "ftp://x,'ftp' is not known",
        "http://,host is missing",
        "http://:80/,host is missing",
        "tcp://x/echo,port is missing",
        "http://x:y/,'y' is no port",
        "http://x:0/,out of range",
        "http://x:70000/,out of range",
        "http://u:p@x/,Authorization",
        "http://x/a b,%20",
    })
    void shouldSayWhatIsWrong(String text, String message) {
        assertThatThrownBy(() -> Url.parse(text))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining(message);
    }

    @Test
    void shouldReadWhatATcpUrlAsksFor() {
        assertThat(TcpJobs.of(Url.parse("tcp://h:1/echo"))).isEqualTo(new Job.Echo(64));
        assertThat(TcpJobs.of(Url.parse("tcp://h:1/ask?bytes=10&answer=2k"))).isEqualTo(new Job.Ask(10, 2048));
        assertThat(TcpJobs.of(Url.parse("tcp://h:1/connect"))).isEqualTo(new Job.Connect());
        assertThat(TcpJobs.of(Url.parse("tcp://h:1/sink"))).isEqualTo(new Job.Sink(65536));
        assertThat(TcpJobs.of(Url.parse("tcp://h:1/source?bytes=1m"))).isEqualTo(new Job.Source(1 << 20));
    }

    @ParameterizedTest
    @CsvSource({
        "tcp://h:1,ends in one of",
        "tcp://h:1/ecco,ends in one of",
        "tcp://h:1/echo?bytes=0,must be 1 to",
        "tcp://h:1/echo?bytes=1m,must be 1 to",
        "tcp://h:1/echo?answer=1,means nothing",
        "tcp://h:1/echo?bytes,name=value",
    })
    void shouldSayWhatIsWrongWithATcpUrl(String text, String message) {
        assertThatThrownBy(() -> TcpJobs.of(Url.parse(text)))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining(message);
    }
}
