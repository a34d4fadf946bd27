package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Commands that come to grief. */
class CommandRunnerTest {
    private static final long PATIENCE_S = 60;

    private final CommandTable table = new CommandTable();

    private String answerTo(String command) throws InterruptedException {
        var socket = new CliSettings.Socket("api", null, Level.ADMIN, false, CliState.SeverityOutput.NUMBER, false);
        var wake = new Semaphore(0);
        var answer = new Answer(new CliState(socket, 0), wake::release);
        new CommandRunner(table, new CommandTable(), List::of).start(List.of(command), null, answer);
        var text = new StringBuilder();
        while (!answer.isOver()) {
            String piece = answer.take();
            if (piece != null) {
                text.append(piece);
            } else if (!wake.tryAcquire(PATIENCE_S, TimeUnit.SECONDS)) {
                throw new AssertionError("no end after " + text);
            }
        }
        return text.toString();
    }

    private void add(String name, Command.Handler handler) {
        table.add(name, Level.USER, name, name, handler);
    }

    @Test
    void shouldTellTheClientWhenACommandHasAFault() throws InterruptedException {
        add("fail", (arguments, answer) -> {
            throw new NoClassDefFoundError("on purpose");
        });
        add("stumble", (arguments, answer) -> {
            answer.text().append("a part");
            throw new IllegalStateException("on purpose");
        });

        assertThat(answerTo("fail")).isEqualTo("[3]: The command failed; the process's standard error says how.\n\n");
        assertThat(answerTo("stumble"))
                .isEqualTo("a part\n[3]: The command failed; the process's standard error says how.\n\n");
    }

    @Test
    void shouldEndAnAnswerOnce() throws InterruptedException {
        add("speak", (arguments, answer) -> answer.line("done"));

        assertThat(answerTo("speak")).isEqualTo("done\n\n");
    }
}
