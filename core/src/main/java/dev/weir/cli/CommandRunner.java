package dev.weir.cli;

import dev.weir.listen.SharedListener;
import java.util.List;
import java.util.function.Supplier;

/** Finds commands, checks levels, and runs each on a thread of its own. Any thread. */
final class CommandRunner {
    private static final String PROMPT_HELP = """
            Usage: prompt [help | n | i | p | timed]*
            Changes the default prompt and interactive mode. Available options:
              help    display this help
              n       set to single-command mode (no prompt, single command)
              i       set to interactive mode only (no prompt, multi-command)
              p       set to prompt+interactive mode (prompt + multi-command)
              timed   toggle displaying the current date in the prompt
            Without any argument, toggles between n/i->p, p->n.""";

    private final CommandTable workerTable;
    private final CommandTable masterTable;
    /** A master's and its worker's together: {@code mcli-debug-mode}. */
    private final CommandTable debugTable;

    private final Supplier<List<SharedListener>> listeners;

    CommandRunner(CommandTable workerTable, CommandTable masterTable, Supplier<List<SharedListener>> listeners) {
        this.listeners = listeners;
        this.workerTable = workerTable;
        this.masterTable = masterTable;
        this.debugTable = masterTable.with(workerTable);
    }

    /** Returns at once; what comes of it goes to the answer. */
    void start(List<String> words, String payload, Answer answer) {
        Thread.ofPlatform().daemon().name("weir-cli").start(() -> run(words, payload, answer));
    }

    private void run(List<String> words, String payload, Answer answer) {
        try {
            carryOut(words, answer, payload);
            finish(answer);
        } catch (ClientGone gone) {
            answer.abandon(); // nobody waits for the rest
        } finally {
            end(answer);
        }
    }

    private static void finish(Answer answer) throws ClientGone {
        if (answer.hasEnd() && !answer.state().isOver()) {
            answer.text().append('\n');
        }
        answer.finish();
    }

    /** Also where the command has a fault: the thread says what it was, and the client that its answer is none. */
    private static void end(Answer answer) {
        try {
            if (!answer.isEnded()) {
                answer.endLine()
                        .message(MessageLevel.ERROR, "The command failed; the process's standard error says how.");
                finish(answer);
            }
        } catch (ClientGone gone) {
            answer.abandon();
        } finally {
            answer.end();
        }
    }

    private void carryOut(List<String> words, Answer answer, String payload) throws ClientGone {
        CliState state = answer.state();
        if (!words.getFirst().startsWith("@")) {
            boolean isForMaster = state.isMaster() && !state.isAtWorker();
            carryOut(isForMaster ? ofMaster(state) : workerTable, words, payload, answer);
        } else if (!state.isMaster()) {
            answer.message(
                    MessageLevel.ERROR,
                    "'" + words.getFirst() + "' is for a master's socket (-S): send the command alone.");
        } else {
            MasterPrefix prefix = MasterPrefix.of(words.getFirst());
            List<String> rest = words.subList(1, words.size());
            if (prefix == null) {
                answer.line("Can't find the target PID matching the prefix '" + words.getFirst() + "'");
                answer.omitEnd();
            } else if (MasterPrefix.staysThere(words.getFirst()) && prefix == MasterPrefix.WORKER) {
                enterWorker(rest, answer, payload);
            } else if (rest.isEmpty()) {
                state.atWorker(prefix == MasterPrefix.WORKER);
                answer.omitEnd();
            } else {
                carryOut(prefix == MasterPrefix.WORKER ? workerTable : ofMaster(state), rest, payload, answer);
            }
        }
    }

    private CommandTable ofMaster(CliState state) {
        return state.isDebugging() ? debugTable : masterTable;
    }

    private void enterWorker(List<String> rest, Answer answer, String payload) throws ClientGone {
        answer.state().leaveMaster();
        if (rest.isEmpty()) {
            answer.state().expectAnotherLine();
            answer.omitEnd();
        } else {
            carryOut(workerTable, rest, payload, answer);
        }
    }

    private void carryOut(CommandTable table, List<String> words, String payload, Answer answer) throws ClientGone {
        if (isOfTheConnection(table, words, answer)) {
            return;
        }
        Command command = table.find(words);
        if (command == null) {
            unknown(table, words, answer);
            return;
        }
        if (command.level().compareTo(answer.state().level()) > 0) {
            answer.message(MessageLevel.ERROR, "Permission denied");
            return;
        }
        int taken = command.words().split(" ").length;
        try {
            command.handler().run(new Arguments(words.subList(taken, words.size()), payload), answer);
        } catch (CommandFailure failure) {
            answer.message(MessageLevel.ERROR, failure.getMessage());
        }
    }

    private static void unknown(CommandTable table, List<String> words, Answer answer) {
        boolean isBegun = table.knows(words.getFirst());
        String hint = isBegun
                ? ", but maybe one of the following ones is a better match:"
                : ". Please enter one of the following commands only:";
        answer.message(MessageLevel.INFO, "Unknown command: '" + words.getFirst() + "'" + hint);
        table.help(isBegun ? words : List.of(), answer.state().level(), answer.text());
    }

    // ---- what concerns the connection itself ----

    private boolean isOfTheConnection(CommandTable table, List<String> words, Answer answer) {
        CliState state = answer.state();
        switch (words.getFirst()) {
            case "help", "?" -> {
                answer.line("The following commands are valid at this level:");
                table.help(words.subList(1, words.size()), state.level(), answer.text());
            }
            case "prompt" -> prompt(words.subList(1, words.size()), answer);
            case "quit" -> state.end();
            case "_getsocks" -> handOver(answer);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Who may not take sockets gets no answer, as in HAProxy: the other process would read text as a number. */
    private void handOver(Answer answer) {
        if (answer.state().exposesListeners()) {
            answer.handOver(listeners.get());
        }
        answer.state().end();
    }

    private static void prompt(List<String> words, Answer answer) {
        CliState state = answer.state();
        boolean isTimeAlone = !words.isEmpty() && words.stream().allMatch("timed"::equals);
        if (words.isEmpty() || isTimeAlone) {
            boolean isOn = isTimeAlone || !state.hasPrompt();
            state.interactive(isOn);
            state.prompt(isOn);
        }
        for (String word : words) {
            switch (word) {
                case "n", "i", "p" -> {
                    state.interactive(!word.equals("n"));
                    state.prompt(word.equals("p"));
                }
                case "timed" -> state.timedPrompt(!state.hasTimedPrompt());
                default -> {
                    answer.line(PROMPT_HELP);
                    return;
                }
            }
        }
    }
}
