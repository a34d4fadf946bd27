package dev.weir.cli.command;

import dev.weir.bridge.transport.LoopFigures;
import dev.weir.cli.Answer;
import dev.weir.cli.Arguments;
import dev.weir.cli.ClientGone;
import dev.weir.cli.CommandFailure;
import dev.weir.cli.CommandFamily;
import dev.weir.cli.CommandTable;
import dev.weir.cli.Level;
import dev.weir.cli.RuntimeControl;
import dev.weir.rule.action.PatternEffects;
import dev.weir.sample.pattern.Regex;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** What the process is made of inside: loops, memory, descriptors. The names are Weir's own, as far as HAProxy has no such thing. */
public final class InsideCommands implements CommandFamily {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private final RuntimeControl control;

    public InsideCommands(RuntimeControl control) {
        this.control = control;
    }

    @Override
    public void describe(CommandTable table) {
        table.add(
                "show activity",
                Level.OPERATOR,
                "show activity [-1|0|thread_num]",
                "show per-thread activity stats (for support/developers)",
                this::activity);
        table.add(
                "show pools", Level.USER, "show pools", "report information about the memory pools usage", this::pools);
        table.add("show fd", Level.OPERATOR, "show fd", "dump list of file descriptors in use", this::descriptors);
    }

    /** A figure of a loop. */
    private record Row(String name, ToLongFunction<LoopFigures> figure) {}

    private static final List<Row> ROWS = List.of(
            new Row("loops", LoopFigures::turns),
            new Row("poll_io", LoopFigures::completions),
            new Row("submissions", LoopFigures::submissions),
            new Row("kernel_entries", LoopFigures::kernelEntries),
            new Row("connections", LoopFigures::connectionsOpen),
            new Row("virtual_threads", LoopFigures::virtualThreads),
            new Row("timers", LoopFigures::timersPending),
            new Row("buffers", LoopFigures::buffersLent),
            new Row("pipes", LoopFigures::pipesLent),
            new Row("buf_wait", LoopFigures::bufferExhaustions));

    private void activity(Arguments arguments, Answer answer) throws CommandFailure {
        int loops = control.proxy().loopCount();
        String word = arguments.hasNext() ? arguments.next() : "-1";
        int thread = word.matches("-1|[0-9]{1,5}") ? Integer.parseInt(word) : 0;
        if (thread > loops) {
            throw new CommandFailure("Thread ID number must be between -1 and nbthread");
        }
        int first = thread > 0 ? thread - 1 : 0;
        List<LoopFigures> figures = new ArrayList<>();
        for (int loop = first; loop < (thread > 0 ? thread : loops); loop++) {
            figures.add(LoopAnswers.await(control.proxy().figures(loop)));
        }
        answer.line("thread_id: " + (first + 1) + " (1.." + loops + ")");
        for (Row row : ROWS) {
            answer.line(row.name() + ": " + values(row, figures));
        }
        answer.line("regex_given_up: " + Regex.givenUpCount());
        answer.line("pattern_refusals: " + PatternEffects.refusedCount());
    }

    /** The sum, and what it is made of if there is more than one loop. */
    private static String values(Row row, List<LoopFigures> figures) {
        long sum = 0;
        StringBuilder each = new StringBuilder(" [");
        for (LoopFigures loop : figures) {
            sum += row.figure().applyAsLong(loop);
            each.append(' ').append(row.figure().applyAsLong(loop));
        }
        return figures.size() == 1
                ? Long.toString(sum)
                : sum + each.append(" ]").toString();
    }

    private void pools(Arguments arguments, Answer answer) throws CommandFailure {
        answer.line("Dumping pools usage.");
        for (int loop = 0; loop < control.proxy().loopCount(); loop++) {
            LoopFigures figures = LoopAnswers.await(control.proxy().figures(loop));
            answer.line("  - Pool blocks of loop " + (loop + 1) + " : " + figures.buffersLent() + " used, "
                    + figures.bufferExhaustions() + " failures");
        }
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            var usage = pool.getUsage();
            answer.line("  - Pool " + pool.getName() + " : " + usage.getCommitted() + " bytes allocated, "
                    + usage.getUsed() + " bytes used");
        }
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            answer.line("  - Pool " + pool.getName() + " : " + pool.getCount() + " used (" + pool.getMemoryUsed()
                    + " bytes)");
        }
    }

    private void descriptors(Arguments arguments, Answer answer) throws CommandFailure, ClientGone {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(DESCRIPTORS)) {
            for (Path file : files) {
                answer.text().append("%7s : ".formatted(file.getFileName()));
                answer.text().append(target(file)).append('\n');
                answer.flush();
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw new CommandFailure("Descriptors cannot be read: %s", e.getMessage());
        }
    }

    private static String target(Path file) throws IOException {
        try {
            return Files.readSymbolicLink(file).toString();
        } catch (NoSuchFileException e) {
            return "closed";
        }
    }
}
