package dev.weir.report.text;

import dev.weir.report.data.Invocation;
import dev.weir.report.data.Results;

/** {@code reproduce.sh}: the same commands again, into a folder of their own, and both reports beside each other. */
public final class ReproduceScript {
    private ReproduceScript() {}

    public static String of(Results results) {
        StringBuilder out =
                new StringBuilder("""
                #!/usr/bin/env bash
                # Measures again what this report shows, on this machine, into the folder given (default: a new one beside it), and
                # sets both beside each other. The figures are of commit %s.
                set -euo pipefail
                here=$(cd "$(dirname "$0")" && pwd)
                root=$(git -C "$here" rev-parse --show-toplevel)
                into=${1:-$here/again-$(date +%%Y%%m%%d-%%H%%M%%S)}
                cd "$root"
                """.formatted(results.environment().commit()));
        results.invocations().stream()
                .map(Invocation::command)
                .distinct() // one that was cut short and called again would measure twice
                .forEach(command -> out.append(withFolder(command)).append('\n'));
        return out.append("./weir report --compare \"$here\" \"$into\" --html \"$into/compare.html\"\n")
                .toString();
    }

    private static String withFolder(String command) {
        String plain = command.replaceAll(" --into[ =]\\S+", "");
        return plain + " --into \"$into\"";
    }
}
