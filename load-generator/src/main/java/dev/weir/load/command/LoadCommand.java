package dev.weir.load.command;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir load [options] URL...}. */
@Command(name = "load", description = "Puts load on HTTP and TCP servers and measures how they answer.")
public final class LoadCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this.")
    private boolean help;

    @Parameters(
            arity = "1..*",
            paramLabel = "URL",
            description = "Where to: http://host[:port]/path, tcp://host:port/kind")
    private List<String> urls;

    @Override
    public Integer call() {
        for (String url : urls) {
            if (url.startsWith("https:")) {
                throw new ParameterException(spec.commandLine(), url + ": https is not supported yet");
            }
        }
        throw new ParameterException(spec.commandLine(), urls.getFirst() + ": this scheme is not supported yet");
    }
}
