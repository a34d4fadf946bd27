package dev.weir.launch.demo;

import dev.weir.bridge.transport.TransportException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * {@code weir demo}: three origins, a balancer in front of them, and a view of it. Threads: the main one runs the proxy, one
 * draws, one reads keys; the last two are daemons and touch nothing of the proxy but its figures.
 */
public final class Demo {
    private static final int ORIGINS = 3;
    private static final long REDRAW_MS = 500;
    private static final String HINT = "  1, 2 or 3 and Enter: stop or start an origin.   Ctrl-C: end.";

    private final Origins origins;
    private final int port;
    private final Path configuration;
    /** Taken by those who draw, never by the loops, whose news come through {@link #events}. */
    private final Display display;

    private final Queue<String> events = new ConcurrentLinkedQueue<>();
    private ProxyControl proxy;

    private Demo(Origins origins, int port, Path configuration) {
        this.origins = origins;
        this.port = port;
        this.configuration = configuration;
        this.display = isTerminal() ? new TerminalDisplay(System.out, HINT) : new PlainDisplay(System.out);
    }

    /** The exit code. */
    public static int run(List<String> arguments, ProxyRunner runner) {
        if (arguments.equals(List.of("--help")) || arguments.equals(List.of("-h"))) {
            System.out.print(DemoText.HELP);
            return 0;
        }
        if (!arguments.isEmpty()) {
            System.err.println("weir demo: takes no arguments, got '" + String.join(" ", arguments) + "'");
            return 1;
        }
        try (Origins origins = new Origins(ORIGINS)) {
            int port = Ports.preferred();
            Path file = Files.createTempFile("weir-demo-", ".cfg");
            try {
                Files.writeString(file, DemoConfiguration.text(port, origins.all()));
                return new Demo(origins, port, file).run(runner);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException | TransportException e) {
            System.err.println("weir demo: " + e.getMessage());
            return 1;
        }
    }

    private int run(ProxyRunner runner) {
        int status = runner.run(configuration, events::add, this::started);
        showEvents();
        if (proxy != null) {
            show();
            System.out.println("Ended: " + Table.summary(rows()) + ".");
        }
        return status;
    }

    private void started(ProxyControl control) {
        proxy = control;
        showEvents();
        System.out.print(DemoText.introduction(
                port, configuration, ProcessHandle.current().pid()));
        System.out.flush();
        daemon("weir-demo-display", this::draw);
        daemon("weir-demo-keys", this::readKeys);
    }

    private static void daemon(String name, Runnable task) {
        Thread.ofPlatform().daemon().name(name).start(task);
    }

    private void draw() {
        try {
            while (true) {
                show();
                TimeUnit.MILLISECONDS.sleep(REDRAW_MS);
            }
        } catch (InterruptedException e) {
            return; // nobody does this; if somebody does, the display ends
        }
    }

    private List<Row> rows() {
        return Figures.of(proxy.pools().pool(DemoConfiguration.BACKEND));
    }

    private void show() {
        synchronized (display) {
            showEvents();
            // after a reload of an edited file the backend may have gone
            if (proxy.pools().pool(DemoConfiguration.BACKEND) != null) {
                display.show(rows());
            }
        }
    }

    private void showEvents() {
        synchronized (display) {
            String line;
            while ((line = events.poll()) != null) {
                display.event(line.stripTrailing());
            }
        }
    }

    private void readKeys() {
        try (var keys = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()))) {
            String line;
            while ((line = keys.readLine()) != null) {
                display.lineTyped();
                toggle(line.strip());
            }
        } catch (IOException e) {
            return; // no keyboard any more: the demo goes on without
        }
    }

    private void toggle(String key) {
        for (Origin origin : origins.all()) {
            if (origin.name().equals("origin-" + key)) {
                events.add(toggle(origin));
                show();
            }
        }
    }

    private static String toggle(Origin origin) {
        try {
            if (origin.isRunning()) {
                origin.stop();
                return origin.name() + " is stopped; its connections are cut.";
            }
            origin.start();
            return origin.name() + " is running again.";
        } catch (TransportException e) {
            return origin.name() + " cannot start: " + e.getMessage();
        }
    }

    /** The JDK's own console object knows; the one with line editing, which is the default, would load far more. */
    private static boolean isTerminal() {
        System.setProperty("jdk.console", "java.base");
        return System.console() != null && System.console().isTerminal();
    }
}
