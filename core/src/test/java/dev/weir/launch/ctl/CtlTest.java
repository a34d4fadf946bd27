package dev.weir.launch.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code weir ctl} against a socket that gives fixed answers. */
class CtlTest {
    private static final Map<String, String> ANSWERS = answers(
            "show info",
            "Name: HAProxy\nPid: 7\n\n",
            "show stat",
            "# pxname,svname,qcur,scur,smax,slim,stot,bin,bout,ereq,econ,eresp,status,weight,rate,check_status,type,\n"
                    + "web,FRONTEND,,1,2,100,3,2048,10,0,,,OPEN,,1,,0,\n"
                    + "app,s1,0,0,1,,3,2048,10,,0,0,UP,5,0,L4OK,2,\n"
                    + "app,BACKEND,0,0,1,10,3,2048,10,,0,0,UP,5,0,,1,\n\n",
            "show backend",
            "# name\napp\n\n",
            "show table",
            "# table: seen, type: ip, size:100, used:0\n\n",
            "show map",
            "# id (file) description\n3 (/etc/weir/m.map) pattern loaded from file '/etc/weir/m.map'\n\n",
            "set server app/nope state ready",
            "[3]: No such server.\n\n",
            "show servers conn",
            "# bkname/svname bkid/svid addr\napp/s1 3/1 127.0.0.1\napp/server2 3/2 ::1\n\n",
            "set map m a\\ b c\\;d",
            "done\n\n",
            "show errors",
            "",
            "add map m <<|a 1|b 2",
            "two\n\n",
            "nonsense",
            "[6]: Unknown command: 'nonsense', but maybe one of the following ones is a better match:\n\n",
            "help",
            "The following commands are valid at this level:\n"
                    + "  set server <bk>/<srv> [opts]            : change a server\n"
                    + "  show info [desc|json|typed|float]*      : report information\n"
                    + "  show stat [desc|json|no-maint|typed|up]*: report counters\n\n");

    private static Map<String, String> answers(String... commandsAndAnswers) {
        Map<String, String> answers = new HashMap<>();
        for (int i = 0; i < commandsAndAnswers.length; i += 2) {
            answers.put(commandsAndAnswers[i], commandsAndAnswers[i + 1]);
        }
        return answers;
    }

    @TempDir
    Path folder;

    private ServerSocketChannel server;
    private Path socket;

    @BeforeEach
    void listen() throws IOException {
        socket = folder.resolve("api");
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofPlatform().daemon().start(this::serve);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private void serve() {
        try {
            while (true) {
                try (SocketChannel client = server.accept()) {
                    var reader = new BufferedReader(Channels.newReader(client, StandardCharsets.UTF_8));
                    String line = reader.readLine();
                    boolean isMarked = line.startsWith(Refusals.MARKED);
                    String command = isMarked ? line.substring(Refusals.MARKED.length()) : line;
                    if (command.endsWith("<<")) {
                        command += lines(reader);
                    }
                    String answer = (isMarked ? "\n" : "") + ANSWERS.getOrDefault(command, "\n");
                    client.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8)));
                }
            }
        } catch (ClosedChannelException e) {
            return; // the test is over
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Up to an empty line, with a bar before each. */
    private static String lines(BufferedReader reader) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (String line = reader.readLine(); !line.isEmpty(); line = reader.readLine()) {
            lines.append('|').append(line);
        }
        return lines.toString();
    }

    private record Outcome(int status, String out, String err) {}

    private static Outcome run(boolean isTerminal, String... arguments) {
        return run("", isTerminal, arguments);
    }

    private static Outcome run(String input, boolean isTerminal, String... arguments) {
        var in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int status = new Ctl(in, new PrintStream(out, true), new PrintStream(err, true), isTerminal)
                .execute(List.of(arguments));
        return new Outcome(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void shouldPrintTheAnswer() {
        Outcome outcome = run(false, "-s", socket.toString(), "show", "info");

        assertThat(outcome).isEqualTo(new Outcome(0, "Name: HAProxy\nPid: 7\n", ""));
    }

    @Test
    void shouldFindTheSocketInAConfiguration() throws IOException {
        Path file = folder.resolve("weir.cfg");
        Files.writeString(file, "global\n  stats socket unix@" + socket + " mode 600 level admin\n");

        assertThat(run(false, "-f", file.toString(), "show", "info").out()).startsWith("Name: HAProxy");
    }

    @Test
    void shouldShowStatisticsAsATableOnATerminalOnly() {
        assertThat(run(true, "-s", socket.toString(), "show", "stat").out())
                .startsWith("proxy  name      status")
                .containsPattern("app +s1 +UP +5 ")
                .contains("2.0K")
                .doesNotContain(",");
        assertThat(run(false, "-s", socket.toString(), "show", "stat").out()).startsWith("# pxname,");
        assertThat(run(true, "-s", socket.toString(), "--raw", "show", "stat").out())
                .startsWith("# pxname,");
    }

    @Test
    void shouldAlignColumnsOnATerminalOnly() {
        assertThat(run(true, "-s", socket.toString(), "show servers conn").out())
                .isEqualTo("""
                        bkname/svname  bkid/svid  addr
                        app/s1         3/1        127.0.0.1
                        app/server2    3/2        ::1
                        """);
        assertThat(run(false, "-s", socket.toString(), "show", "servers", "conn")
                        .out())
                .startsWith("# bkname/svname bkid/svid addr\n");
    }

    @Test
    void shouldProtectBlanksWithinAWord() {
        assertThat(run(false, "-s", socket.toString(), "set", "map", "m", "a b", "c;d")
                        .out())
                .isEqualTo("done\n");
    }

    @Test
    void shouldCompleteWordsBehindOptionsAndGiveAScriptForThat() {
        assertThat(run(false, "--complete", "-s", socket.toString(), "show", "").out())
                .isEqualTo("info\nstat\n");
        assertThat(run(false, "--completion").out()).contains("complete -F _weir weir");
    }

    @Test
    void shouldFailWhenTheCommandIsRefused() {
        Outcome outcome = run(false, "-s", socket.toString(), "set", "server", "app/nope", "state", "ready");

        assertThat(outcome).isEqualTo(new Outcome(1, "No such server.\n", ""));
    }

    /** As HAProxy marks it. */
    @Test
    void shouldFailWhenTheCommandIsUnknown() {
        assertThat(run(false, "-s", socket.toString(), "nonsense").status()).isEqualTo(1);
    }

    @Test
    void shouldSendAPayloadWithItsCommand() {
        assertThat(run("a 1\nb 2\n", false, "-s", socket.toString(), "add", "map", "m", "<<"))
                .isEqualTo(new Outcome(0, "two\n", ""));
        assertThat(run("show info\nadd map m <<\na 1\nb 2\n\nshow backend\n", true, "-s", socket.toString()))
                .isEqualTo(
                        new Outcome(0, "Name: HAProxy\nPid: 7\ntwo\n# name\napp\n", "weir> weir> + + + weir> weir> "));
    }

    /** A command that says nothing answers an empty line: nothing at all is a process that came to grief over it. */
    @Test
    void shouldFailWhenTheConnectionEndsWithoutAnAnswer() {
        Outcome outcome = run(false, "-s", socket.toString(), "show", "errors");

        assertThat(outcome)
                .isEqualTo(new Outcome(1, "", "weir ctl: no answer: " + socket + " closed the connection\n"));
        assertThat(run(false, "-s", socket.toString(), "clear", "counters")).isEqualTo(new Outcome(0, "", ""));
    }

    @Test
    void shouldSayWhenNobodyListens() {
        Outcome outcome = run(false, "-s", folder.resolve("none").toString(), "show", "info");

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err()).contains("cannot connect to " + folder.resolve("none"));
    }

    @Test
    void shouldExplainItselfAfterAWrongOption() {
        Outcome outcome = run(false, "--sockets", "x");

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err()).startsWith("weir ctl: unknown option '--sockets'\nusage:");
    }

    @Test
    void shouldCompleteWordsAndNames() {
        assertThat(run(false, "-s", socket.toString(), "--complete", "show", "").out())
                .isEqualTo("info\nstat\n");
        assertThat(run(false, "-s", socket.toString(), "--complete", "se").out())
                .isEqualTo("set\n");
        assertThat(run(false, "-s", socket.toString(), "--complete", "set", "server", "")
                        .out())
                .isEqualTo("app/s1\n");
    }

    private String next(String... words) {
        List<String> arguments = new ArrayList<>(List.of("-s", socket.toString(), "--complete"));
        arguments.addAll(List.of(words));
        return run(false, arguments.toArray(String[]::new))
                .out()
                .replace('\n', ' ')
                .strip();
    }

    @Test
    void shouldCompleteWhatFollowsNames() {
        assertThat(next("set", "server", "app/s1", "st")).isEqualTo("state");
        assertThat(next("set", "server", "app/s1", "state", "")).isEqualTo("drain maint ready");
        assertThat(next("show", "servers", "state", "")).isEqualTo("app");
        assertThat(next("enable", "frontend", "")).isEqualTo("web");
        assertThat(next("clear", "table", "")).isEqualTo("seen");
        assertThat(next("add", "map", "/etc")).isEqualTo("/etc/weir/m.map");
    }
}
