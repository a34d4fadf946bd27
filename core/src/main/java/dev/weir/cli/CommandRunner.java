package dev.weir.cli;

import java.util.List;

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

    private final CommandTable table;

    CommandRunner(CommandTable table) {
        this.table = table;
    }

    /** Returns at once; what comes of it goes to the answer. */
    void start(List<String> words, String payload, Answer answer) {
        Thread.ofPlatform().daemon().name("weir-cli").start(() -> run(words, payload, answer));
    }

    private void run(List<String> words, String payload, Answer answer) {
        try {
            carryOut(words, payload, answer);
            if (!answer.state().isOver()) {
                answer.text().append('\n');
            }
            answer.finish();
        } catch (ClientGone gone) {
            answer.abandon(); // nobody waits for the rest
        } finally {
            answer.end(); // also where the command has a fault, which the thread reports
        }
    }

    private void carryOut(List<String> words, String payload, Answer answer) throws ClientGone {
        if (isOfTheConnection(words, answer)) {
            return;
        }
        Command command = table.find(words);
        if (command == null) {
            unknown(words, answer);
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

    private void unknown(List<String> words, Answer answer) {
        answer.text().append("Unknown command: '").append(words.getFirst()).append('\'');
        if (table.knows(words.getFirst())) {
            answer.line(", but maybe one of the following ones is a better match:");
            table.help(words, answer.state().level(), answer.text());
        } else {
            answer.line(". Please enter one of the following commands only:");
            table.help(List.of(), answer.state().level(), answer.text());
        }
    }

    // ---- what concerns the connection itself ----

    private boolean isOfTheConnection(List<String> words, Answer answer) {
        CliState state = answer.state();
        switch (words.getFirst()) {
            case "help", "?" -> {
                answer.line("The following commands are valid at this level:");
                table.help(words.subList(1, words.size()), state.level(), answer.text());
            }
            case "prompt" -> prompt(words.subList(1, words.size()), answer);
            case "quit" -> state.end();
            case "user" -> state.lower(Level.USER);
            case "operator" -> state.lower(Level.OPERATOR);
            case "_getsocks" ->
                answer.message(MessageLevel.ERROR, "'_getsocks' is not supported: Weir reloads inside its process.");
            default -> {
                if (!words.getFirst().startsWith("@")) {
                    return false;
                }
                answer.message(
                        MessageLevel.ERROR,
                        "'" + words.getFirst() + "' is for a master's socket. Weir has no master process: send the"
                                + " command alone.");
            }
        }
        return true;
    }

    private static void prompt(List<String> words, Answer answer) {
        CliState state = answer.state();
        if (words.isEmpty()) {
            boolean isOn = !state.hasPrompt();
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
