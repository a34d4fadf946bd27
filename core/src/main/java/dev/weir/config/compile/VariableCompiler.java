package dev.weir.config.compile;

import dev.weir.acl.AclBook;
import dev.weir.config.model.ByteText;
import dev.weir.config.model.GlobalSection;
import dev.weir.config.model.Position;
import dev.weir.config.model.VariableLine;
import dev.weir.log.LogFormatParser;
import dev.weir.rule.FormattedText;
import dev.weir.sample.Hook;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Sample;
import dev.weir.sample.Scratch;
import dev.weir.sample.VariableAssignment;
import dev.weir.sample.Words;
import dev.weir.stream.FrontendView;
import dev.weir.stream.NamedNobody;
import dev.weir.stream.ProcessVariables;
import dev.weir.stream.ProcessView;
import dev.weir.stream.SketchedProcess;
import dev.weir.stream.Stream;
import dev.weir.stream.VariableLimits;
import java.util.Arrays;
import java.util.List;

/** Variables of the process, as the global section and the runtime API set them. */
final class VariableCompiler {
    /** Who asks, as HAProxy's formats show it. */
    private static final FrontendView CONFIGURATION = new NamedNobody("CFG");

    private static final FrontendView COMMAND = new NamedNobody("CLI");

    private final Scene scene;

    VariableCompiler(Scene scene) {
        this.scene = scene;
    }

    /** What gives a variable its value; false if there is none. */
    private interface Value {
        boolean evaluate(Stream stream, Sample out);
    }

    private record Assignment(VariableAssignment target, Value value) {
        /** @return false if there is no value, or no room for it */
        boolean run(ProcessView process, FrontendView asker) {
            var stream = new Stream();
            stream.start(process, asker, null, 0, 0);
            long nowNs = process.clock().nanoTime();
            stream.times().accepted(nowNs, process.clock().epochMicros());
            var sample = new Scratch(nowNs).take();
            return value.evaluate(stream, sample) && target.store(stream, sample);
        }
    }

    /** What {@code tune.vars} leaves to variables. */
    static VariableLimits limits(GlobalSection.ProcessVariables settings) {
        int global = settings.globalBytesMax();
        int proc = settings.procBytesMax();
        // What counts in one counts in the other, too.
        int process = global == 0 || proc == 0 ? Math.max(global, proc) : Math.min(global, proc);
        return new VariableLimits(
                process,
                settings.sessBytesMax(),
                settings.txnBytesMax(),
                settings.reqresBytesMax(),
                settings.checkBytesMax());
    }

    /** Finds what is wrong with the lines, and sets nothing. */
    void check(GlobalSection.ProcessVariables settings) {
        settings.lines().forEach(this::parse);
    }

    /** What the lines set, one after the other, in a process that begins with them. */
    ProcessVariables run(GlobalSection.ProcessVariables settings, ProcessView process) {
        var variables = new ProcessVariables();
        var fresh = new SketchedProcess(process, variables, limits(settings), process::frontend);
        for (VariableLine line : settings.lines()) {
            Assignment assignment = parse(line);
            if (assignment != null && !assignment.run(fresh, CONFIGURATION)) {
                scene.problems()
                        .warning(
                                line.at(),
                                "'" + line.keyword() + "': variable '" + line.name()
                                        + "' is not set: there is no value, no room for it (tune.vars), or a condition that forbids it");
            }
        }
        return variables;
    }

    private Assignment parse(VariableLine line) {
        try {
            Words words = LineWords.of(line.words());
            Assignment assignment = parse(line.at(), line.name(), words, line.isFormat());
            if (words.hasNext()) {
                scene.problems()
                        .alert(
                                line.at(),
                                "'" + line.keyword() + "' cannot handle unexpected argument '" + words.peek() + "'.");
            }
            return assignment;
        } catch (ParseProblem problem) {
            scene.problems().alert(line.at(), ByteText.fromNative(problem.getMessage()));
            return null;
        }
    }

    private Assignment parse(Position at, String name, Words words, boolean isFormat) throws ParseProblem {
        var context = new LineContext(scene, null, null, new AclBook(scene.expressions()), at, Hook.CONFIGURATION);
        List<String> parts = Arrays.asList(name.split(",", -1));
        var target = VariableAssignment.parse(parts.getFirst(), parts.subList(1, parts.size()), context);
        Value value = isFormat
                ? FormattedText.parse(words.next(), new LogFormatParser(scene.expressions()), context)::evaluate
                : scene.expressions().parse(words, context)::evaluateFinal;
        return new Assignment(target, value);
    }

    /**
     * Sets one at run time, as a line of the global section could.
     *
     * @return false if there is no value, or no room for it
     */
    boolean assign(String name, List<String> words, boolean isFormat, ProcessView process) throws ParseProblem {
        Words text = isFormat ? Words.of(String.join(" ", words)) : new Words(words);
        return parse(Position.NONE, name, text, isFormat).run(process, COMMAND);
    }
}
