package dev.crowdlab.report.words;

import dev.crowdlab.report.figures.ReportFigures;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.Map;

/** What a reader sees of a template: its words. */
public final class Rendered {

    private static final TemplateEngine TEMPLATES = TemplateEngine.createPrecompiled(ContentType.Html);

    private Rendered() {}

    /** The words of a template about figures, with one space between two. */
    public static String words(String template, ReportFigures figures) {
        return words(html(template, figures));
    }

    public static String html(String template, ReportFigures figures) {
        return html(template, Context.of(figures, false));
    }

    public static String html(String template, Context context) {
        StringOutput output = new StringOutput();
        TEMPLATES.render("report/" + template + ".jte", Map.of("context", context), output);
        return output.toString();
    }

    private static String words(String html) {
        return html.replaceAll("(?s)<[^>]*>", "")
                .replace("&#8239;", "\u202f")
                .replace("&#39;", "'")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&")
                .replaceAll("[ \\n]+", " ")
                .strip();
    }
}
