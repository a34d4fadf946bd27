package dev.weir.report.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;

/** A whole document with all that it needs inside. */
final class Page {
    private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/";

    private Page() {}

    /** @param hasCharts whether uPlot and the drawing go in */
    static String wrap(String title, String body, boolean hasCharts) throws IOException {
        StringBuilder out = new StringBuilder("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>"
                + Html.escape(title)
                + "</title>\n");
        if (hasCharts) {
            out.append("<style>").append(text(UPLOT + "dist/uPlot.min.css")).append("</style>\n");
        }
        out.append("<style>").append(text("page.css")).append("</style>\n</head>\n<body>\n");
        out.append(body);
        if (hasCharts) {
            out.append("<!-- uPlot, the library of the plots:\n")
                    .append(text(UPLOT + "LICENSE"))
                    .append("-->\n<script>")
                    .append(text(UPLOT + "dist/uPlot.iife.min.js"))
                    .append("</script>\n<script>")
                    .append(text("page.js"))
                    .append("</script>\n");
        }
        return out.append("</body>\n</html>\n").toString();
    }

    private static String text(String resource) throws IOException {
        try (InputStream stream = Page.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IOException("the build lacks " + resource);
            }
            return new String(stream.readAllBytes(), UTF_8);
        }
    }
}
