package dev.weir.report.page;

/** The little of Markdown that an introduction needs: paragraphs, lists, headings, {@code code}, <b>strong</b>. */
final class Prose {
    private Prose() {}

    static String toHtml(String markdown) {
        StringBuilder out = new StringBuilder();
        for (String block : markdown.strip().split("\n\\s*\n")) {
            out.append(block(block)).append('\n');
        }
        return out.toString();
    }

    private static String block(String block) {
        if (block.startsWith("## ")) {
            return "<h2>" + inline(block.substring("## ".length())) + "</h2>";
        }
        if (!block.startsWith("- ")) {
            return "<p>" + inline(block) + "</p>";
        }
        StringBuilder list = new StringBuilder("<ul>");
        for (String item : block.substring("- ".length()).split("\n- ")) {
            list.append("<li>").append(inline(item)).append("</li>");
        }
        return list.append("</ul>").toString();
    }

    private static String inline(String text) {
        return Html.escape(text.replace('\n', ' '))
                .replaceAll("`([^`]+)`", "<code>$1</code>")
                .replaceAll("\\*\\*([^*]+)\\*\\*", "<b>$1</b>");
    }
}
