package dev.weir.bench.judge;

import dev.weir.bench.BenchFailure;
import dev.weir.bench.machine.CpuSet;
import dev.weir.bench.process.Child;
import dev.weir.bench.process.Children;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** wrk: closed loop only, and four percentiles. */
public final class Wrk implements Judge {
    private static final long PATIENCE_SECONDS = 30;

    private final Path executable;
    private final Children children;
    private final CpuSet cpus;
    private final Path folder;

    /** @param folder for scripts */
    public Wrk(Path executable, Children children, CpuSet cpus, Path folder) {
        this.executable = executable;
        this.children = children;
        this.cpus = cpus;
        this.folder = folder;
    }

    @Override
    public String name() {
        return "wrk";
    }

    @Override
    public String refusal(Workload workload) {
        return workload.rate() > 0 ? "wrk knows no open loop: take the judge 'weir'" : "";
    }

    @Override
    public LoadRun start(Workload workload, int port, double leadSeconds, double seconds) throws IOException {
        List<String> command = new ArrayList<>(List.of(executable.toString()));
        command.addAll(List.of("-t", Integer.toString(Math.min(cpus.size(), workload.connections()))));
        command.addAll(List.of("-c", Integer.toString(workload.connections())));
        command.addAll(List.of("-d", Math.max(1, (int) Math.ceil(leadSeconds + seconds)) + "s", "--latency"));
        command.addAll(List.of("--timeout", "10s"));
        String script = script(workload);
        if (!script.isEmpty()) {
            Path file = folder.resolve("wrk-" + Integer.toHexString(script.hashCode()) + ".lua");
            Files.writeString(file, script);
            command.addAll(List.of("-s", file.toString()));
        }
        if (workload.kind() == Workload.Kind.RECONNECT) {
            command.addAll(List.of("-H", "Connection: close"));
        }
        workload.fields().forEach(field -> command.addAll(List.of("-H", field)));
        boolean isUpload = workload.kind() == Workload.Kind.UPLOAD;
        command.add("http://127.0.0.1:" + port + (isUpload ? Workload.UPLOAD_PATH : workload.path()));
        return new Run(children.start("wrk", cpus, command));
    }

    private static String script(Workload workload) {
        String upload = "wrk.format(\"POST\", \"%s\", nil, string.rep(\"x\", %d))"
                .formatted(Workload.UPLOAD_PATH, Workload.UPLOAD_BYTES);
        return switch (workload.kind()) {
            case RECONNECT -> "";
            case EXCHANGE -> workload.depth() == 1 ? "" : """
                        init = function() all = string.rep(wrk.format("GET"), %d) end
                        request = function() return all end
                        """.formatted(workload.depth());
            case UPLOAD -> """
                init = function() upload = %s end
                request = function() return upload end
                """.formatted(upload);
            case BOTH_WAYS -> """
                init = function() upload = %s; download = wrk.format("GET"); turn = false end
                request = function() turn = not turn; return turn and upload or download end
                """.formatted(upload);
        };
    }

    @Override
    public void close() {
        // its processes are the runner's children
    }

    private final class Run implements LoadRun {
        private final Child child;

        Run(Child child) {
            this.child = child;
        }

        @Override
        public String commandLine() {
            return child.commandLine();
        }

        @Override
        public void checkRunning() throws BenchFailure {
            child.checkAlive();
        }

        @Override
        public Judgement finish() throws BenchFailure {
            int status = child.waitFor(PATIENCE_SECONDS);
            children.stop(child);
            if (status != 0) {
                throw new BenchFailure("wrk failed" + child.lastLines());
            }
            return WrkOutput.parse(child.printed());
        }

        @Override
        public void stop() {
            children.stop(child);
        }
    }
}
