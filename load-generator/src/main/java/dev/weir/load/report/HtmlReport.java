package dev.weir.load.report;

import dev.weir.load.run.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** One page with tables and charts that needs nothing beside itself: charts are drawn by uPlot, which is part of the page. */
public final class HtmlReport {
    private HtmlReport() {}

    public static String of(Outcome outcome) {
        return resource("page.html")
                .replace("{{style}}", resource("uPlot.min.css"))
                .replace("{{licence}}", resource("uPlot.LICENSE"))
                .replace("{{text}}", escaped(TextReport.opening(outcome.plan) + TextReport.result(outcome, false)))
                .replace("{{uplot}}", resource("uPlot.iife.min.js"))
                .replace("{{data}}", JsonReport.of(outcome));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String resource(String name) {
        try (InputStream stream = HtmlReport.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("the jar lacks " + name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + name + " of the jar", e);
        }
    }
}
