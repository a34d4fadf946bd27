package dev.weir.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.launch.CommandLine.Task;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {
    @Test
    void shouldReadHaproxysOptions() {
        var line =
                parse("-W -db -f a.cfg -f folder -p /run/p.pid -L me -n 100 -N 50 -m 64 -x /run/old.sock -S /run/m.sock"
                        + " -sf 12 13 -dW -dD -dr -dS -dR -de -dMfail -4 -q -V");

        assertEquals(Task.RUN, line.task(), line.error());
        assertEquals(List.of("a.cfg", "folder"), line.files());
        assertEquals("/run/p.pid", line.pidFile());
        assertEquals("me", line.localPeer());
        assertEquals(100, line.maxConn());
        assertEquals(50, line.proxyMaxConn());
        assertEquals(64, line.memoryMegabytes());
        assertEquals("/run/old.sock", line.oldSocket());
        assertEquals("/run/m.sock", line.masterSocket());
        assertEquals(List.of(12L, 13L), line.pidsToFinish());
        assertEquals(List.of("-m", "-dR", "-de", "-dMfail", "-4"), line.withoutEffect());
        assertTrue(line.isMasterWorker());
        assertTrue(line.isForeground());
        assertTrue(line.areWarningsFatal());
        assertTrue(line.showsDiagnostics());
        assertTrue(line.mayFailToResolve());
        assertTrue(line.isSpliceOff());
        assertTrue(line.isReusePortOff());
        assertTrue(line.isIpv4Preferred());
        assertFalse(line.isQuiet());
    }

    @Test
    void shouldTakeEverythingAfterTwoDashesAsFiles() {
        var line = parse("-c -- a.cfg -b.cfg");

        assertEquals(Task.CHECK, line.task());
        assertEquals(List.of("a.cfg", "-b.cfg"), line.files());
    }

    @Test
    void shouldStayInTheForegroundWhenAsked() {
        assertTrue(parse("-D -f x").isDaemon());
        assertFalse(parse("-D -db -f x").isDaemon());
        assertFalse(parse("-D -d -f x").isDaemon());
    }

    @Test
    void shouldNotifySystemdWithWs() {
        var line = parse("-Ws -f x");

        assertTrue(line.isMasterWorker());
        assertTrue(line.notifiesSystemd());
    }

    @Test
    void shouldAnswerWithoutAConfiguration() {
        assertEquals(Task.VERSION, parse("-v").task());
        assertEquals(Task.BUILD_INFORMATION, parse("-vv").task());
        assertEquals(Task.HELP, parse("--help").task());
        assertEquals(Task.CONDITION, CommandLine.parse("-cc", "1 && 0").task());
        assertEquals("1 && 0", CommandLine.parse("-cc", "1 && 0").condition());
        assertEquals(Task.CONDITION, CommandLine.parse("-cc", "").task());
    }

    @Test
    void shouldKeepTheWordsOfASubcommand() {
        var line = parse("demo -f x");

        assertEquals(Task.SUBCOMMAND, line.task());
        assertEquals("demo", line.subcommand());
        assertEquals(List.of("-f", "x"), line.subcommandArguments());
    }

    @ParameterizedTest
    @CsvSource({
        "'',nothing to do",
        "-c,no configuration",
        "-zz,unknown option -zz",
        "-f,option -f needs a value",
        "-n x -f y,option -n needs a number",
        "--foo,unknown option --foo",
        "-dC -f x,does not support",
        "--listen :80,belong together",
        "--listen :80 --to a:1 -f x,not both",
        "-cc,option -cc needs a value"
    })
    void shouldSayWhatIsWrong(String arguments, String error) {
        var line = arguments.isEmpty() ? CommandLine.parse() : parse(arguments);

        assertEquals(Task.WRONG, line.task());
        assertTrue(line.error().contains(error), line.error());
    }

    @Test
    void shouldWriteDownAProxyWithoutAFile() {
        var quick = parse("--listen :8080 --to 10.0.0.1:80,10.0.0.2:80 --balance leastconn --check")
                .quickSetup();

        String text = new String(quick.toConfiguration(), StandardCharsets.UTF_8);
        assertTrue(text.contains(" bind ':8080'\n balance 'leastconn'\n server s1 '10.0.0.1:80' check\n"), text);
    }

    @Test
    void shouldNotLetAnAddressBecomeAnotherLine() {
        var quick = CommandLine.parse("--listen", "a'b\n mode x", "--to", "c d").quickSetup();

        String text = new String(quick.toConfiguration(), StandardCharsets.UTF_8);
        assertTrue(text.contains(" bind 'a'\\''b? mode x'\n server s1 'c d'\n"), text);
    }

    private static CommandLine parse(String arguments) {
        return CommandLine.parse(arguments.split(" "));
    }
}
