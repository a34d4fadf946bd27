package dev.weir.launch;

import dev.weir.launch.CommandLine.Task;
import java.util.Arrays;
import java.util.List;

/** Reads the arguments; HAProxy's options are no getopt ones, so this is a loop over words. Used once. */
final class CommandLineParser {
    /** Debugging switches that concern what is not here. */
    private static final List<String> WITHOUT_EFFECT =
            List.of("-de", "-dp", "-dk", "-dv", "-dG", "-dI", "-dF", "-dZ", "-dL", "-dV", "-dc");

    private final String[] arguments;
    private final CommandLine result = new CommandLine();
    private int at;
    private String listen = "";
    private String to = "";
    private String mode = "tcp";
    private String balance = "";
    private boolean check;
    private boolean isQuick;

    CommandLineParser(String[] arguments) {
        this.arguments = arguments;
    }

    CommandLine parse() {
        if (arguments.length > 0 && !arguments[0].startsWith("-")) {
            result.task = Task.SUBCOMMAND;
            result.subcommand = arguments[0];
            result.subcommandArguments = List.of(Arrays.copyOfRange(arguments, 1, arguments.length));
            return result;
        }
        while (at < arguments.length && result.error.isEmpty() && !isAnswer()) {
            option(arguments[at++]);
        }
        if (result.error.isEmpty() && !isAnswer()) {
            finish();
        }
        if (!result.error.isEmpty()) {
            result.task = Task.WRONG;
        }
        return result;
    }

    /** These answer at once, whatever else is on the line. */
    private boolean isAnswer() {
        return switch (result.task) {
            case VERSION, BUILD_INFORMATION, CONDITION, HELP -> true;
            case RUN, CHECK, WRONG, TRAIN, SUBCOMMAND -> false;
        };
    }

    private void finish() {
        if (isQuick) {
            finishQuick();
        } else if (result.files.isEmpty() && result.task != Task.TRAIN) {
            result.error =
                    arguments.length == 0 ? "nothing to do" : "no configuration: give -f <file>, or --listen and --to";
        }
    }

    private void finishQuick() {
        if (!result.files.isEmpty()) {
            result.error = "either -f or --listen, not both";
        } else if (listen.isEmpty() || to.isEmpty()) {
            result.error = "--listen <address> and --to <address>[,<address>...] belong together";
        } else {
            result.quickSetup = new QuickSetup(listen, to, mode, balance, check);
        }
    }

    private void option(String word) {
        if (word.equals("--")) {
            while (at < arguments.length) {
                result.files.add(arguments[at++]);
            }
        } else if (word.startsWith("--")) {
            longOption(word);
        } else if (word.startsWith("-d")) {
            debugOption(word);
        } else {
            shortOption(word);
        }
    }

    private void longOption(String word) {
        isQuick |= !word.equals("--help") && !word.equals("--version") && !word.equals("--train");
        switch (word) {
            case "--listen" -> listen = value(word);
            case "--to" -> to = value(word);
            case "--mode" -> mode = value(word);
            case "--balance" -> balance = value(word);
            case "--check" -> check = true;
            case "--help" -> result.task = Task.HELP;
            case "--version" -> result.task = Task.VERSION;
            case "--train" -> result.task = Task.TRAIN;
            default -> result.error = "unknown option " + word;
        }
    }

    private void shortOption(String word) {
        switch (word) {
            case "-f" -> files(word);
            case "-c" -> result.task = Task.CHECK;
            case "-cc" -> condition();
            case "-v" -> result.task = Task.VERSION;
            case "-vv" -> result.task = Task.BUILD_INFORMATION;
            case "-h" -> result.task = Task.HELP;
            case "-C" -> result.directory = value(word);
            case "-p" -> result.pidFile = value(word);
            case "-L" -> result.localPeer = value(word);
            case "-S" -> result.masterSocket = value(word);
            case "-x" -> result.oldSocket = value(word);
            case "-n" -> result.maxConn = number(word);
            case "-N" -> result.proxyMaxConn = number(word);
            case "-m" -> {
                result.memoryMegabytes = number(word);
                result.withoutEffect.add(word);
            }
            case "-sf" -> pids(result.pidsToFinish);
            case "-st" -> pids(result.pidsToTerminate);
            default -> flag(word);
        }
    }

    private void flag(String word) {
        switch (word) {
            case "-D" -> result.isDaemon = true;
            case "-q" -> result.isQuiet = true;
            case "-V" -> result.isVerbose = true;
            case "-W" -> result.isMasterWorker = true;
            case "-Ws" -> {
                result.isMasterWorker = true;
                result.notifiesSystemd = true;
            }
            case "-4" -> {
                result.isIpv4Preferred = true;
                result.withoutEffect.add(word);
            }
            case "-ds" -> result.withoutEffect.add(word);
            default -> result.error = "unknown option " + word;
        }
    }

    private void debugOption(String word) {
        switch (word) {
            case "-d" -> result.isDebug = true;
            case "-db" -> result.isForeground = true;
            case "-dD" -> result.showsDiagnostics = true;
            case "-dW" -> result.areWarningsFatal = true;
            case "-dr" -> result.mayFailToResolve = true;
            case "-dS" -> result.isSpliceOff = true;
            case "-dR" -> {
                result.isReusePortOff = true;
                result.withoutEffect.add(word);
            }
            default -> otherDebugOption(word);
        }
    }

    private void otherDebugOption(String word) {
        if (word.startsWith("-dC") || word.startsWith("-dK") || word.startsWith("-dt")) {
            result.error = word + " is an option of HAProxy's that this version of Weir does not support";
        } else if (word.startsWith("-dM") || WITHOUT_EFFECT.contains(word)) {
            result.withoutEffect.add(word);
        } else {
            result.error = "unknown option " + word;
        }
    }

    private void files(String word) {
        String file = value(word);
        if (!file.isEmpty()) {
            result.files.add(file);
        }
    }

    private void condition() {
        result.condition = valueOrEmpty("-cc");
        result.task = Task.CONDITION;
    }

    private String valueOrEmpty(String word) {
        if (at >= arguments.length) {
            result.error = "option " + word + " needs a value";
            return "";
        }
        return arguments[at++];
    }

    private String value(String word) {
        String value = valueOrEmpty(word);
        if (value.isEmpty()) {
            result.error = "option " + word + " needs a value";
        }
        return value;
    }

    private int number(String word) {
        String value = value(word);
        if (!isNumber(value)) {
            result.error = "option " + word + " needs a number (got '" + value + "')";
            return 0;
        }
        return Integer.parseInt(value);
    }

    private void pids(List<Long> pids) {
        while (at < arguments.length && isNumber(arguments[at])) {
            pids.add(Long.parseLong(arguments[at++]));
        }
    }

    private static boolean isNumber(String text) {
        if (text.isEmpty() || text.length() > 9) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
