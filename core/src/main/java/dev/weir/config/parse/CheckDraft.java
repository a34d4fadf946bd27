package dev.weir.config.parse;

import dev.weir.config.model.HealthCheck;
import dev.weir.config.model.HealthCheck.CheckLine;
import dev.weir.config.model.HealthCheck.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * What a section says about checks, while it is read. Lines of a section replace those that it inherits; these count only together
 * with the option that they were written for.
 */
final class CheckDraft {
    private Kind kind = Kind.CONNECT;
    private List<String> arguments = List.of();
    private List<CheckLine> inherited = List.of();
    /** {@code option httpchk} of the defaults, or null. */
    private CheckLine inheritedOption;

    private final List<CheckLine> tcpLines = new ArrayList<>();
    private final List<CheckLine> httpLines = new ArrayList<>();
    boolean isGoneMeaningful;
    boolean sendsState;

    void inherit(CheckDraft from) {
        kind = from.kind;
        arguments = from.arguments;
        inherited = from.lines();
        inheritedOption = from.option();
        isGoneMeaningful = from.isGoneMeaningful;
        sendsState = from.sendsState;
    }

    void choose(Kind wanted, List<String> words) {
        inherited = wanted == Kind.TCP && kind == Kind.TCP ? inherited : List.of();
        kind = wanted;
        arguments = words;
    }

    void chooseHttp(CheckLine option) {
        choose(Kind.HTTP, List.of());
        httpLines.removeIf(CheckLine::isOption);
        httpLines.add(option);
    }

    void add(boolean isHttp, CheckLine line) {
        (isHttp ? httpLines : tcpLines).add(line);
    }

    boolean usesHttp() {
        return kind == Kind.HTTP;
    }

    /** Whether there are lines that nothing makes use of. */
    boolean hasIdleLines(boolean isHttp) {
        return isHttp ? kind != Kind.HTTP && !httpLines.isEmpty() : kind != Kind.TCP && !tcpLines.isEmpty();
    }

    private CheckLine option() {
        for (CheckLine line : httpLines) {
            if (line.isOption()) {
                return line;
            }
        }
        return inheritedOption;
    }

    private List<CheckLine> lines() {
        return switch (kind) {
            case TCP -> tcpLines.isEmpty() ? inherited : List.copyOf(tcpLines);
            case HTTP -> httpLines.isEmpty() ? inherited : withRequest();
            default -> List.of();
        };
    }

    /** Lines that send nothing go with the request of the defaults. */
    private List<CheckLine> withRequest() {
        boolean sends = httpLines.stream()
                .anyMatch(line -> line.isOption() || line.step().equals("send"));
        List<CheckLine> lines = new ArrayList<>(httpLines);
        if (!sends && inheritedOption != null) {
            lines.addFirst(inheritedOption);
        }
        return List.copyOf(lines);
    }

    HealthCheck build() {
        return new HealthCheck(kind, arguments, lines(), isGoneMeaningful, sendsState);
    }
}
