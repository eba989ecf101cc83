// longer than 300 lines: java starts a single file, and so nothing is compiled for the site alone
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.CustomNode;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * Makes the site of the pages: README.md as its front, src/site/markdown, and db/README.md. Maven calls it in the project's folder
 * ({@code ./mvnw -q site}), with the version, the repository's address and the folder to write to; what is there of
 * that version is replaced. A fourth argument is a folder in which the compiled program is run on its sample, for the report that the
 * site shows. The navigation is the table "Read on" of the front page. Ends with 1 and names every link that leads nowhere, every
 * picture from elsewhere, and every page that the table leaves out.
 */
public final class Site {

    private static final Path FRONT = Path.of("README.md");
    private static final Path TABLES = Path.of("db/README.md");
    private static final Path PAGES = Path.of("src/site/markdown");
    private static final Path SKIN = Path.of("src/site/skin");
    private static final String TEMPLATE = "page.html";
    private static final String REPORT = "sample-report.html";
    private static final int MAX_MINUTES = 5;
    private static final Path PICTURES = Path.of("src/site/resources");
    private static final Pattern KIND = Pattern.compile("(?m)^\\| (?:\\*\\*(.*?)\\*\\*)? *\\| (.*?) \\| .* \\|$");
    private static final Pattern PAGE_LINK = Pattern.compile("\\[([^\\]]+)\\]\\(([^)#\\s]+\\.md)\\)");

    private final String version;
    private final String tree;
    private final Path folder;
    private final Map<Path, Node> pages = new LinkedHashMap<>();
    private final Map<Path, Set<String>> anchors = new HashMap<>();
    private final Map<Heading, String> anchorOf = new IdentityHashMap<>();
    private final Map<String, Map<Path, String>> kinds = new LinkedHashMap<>();
    private final Set<String> faults = new TreeSet<>();
    private final List<String> index = new ArrayList<>();
    private boolean hasReport;

    private Site(String version, String repository, Path folder) {
        this.version = version;
        this.tree = repository + "/blob/" + (version.endsWith("-SNAPSHOT") ? "main" : "v" + version) + "/";
        this.folder = folder.resolve(version);
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Site site = new Site(arguments[0], arguments[1], Path.of(arguments[2]));
        delete(site.folder);
        Files.createDirectories(site.folder);
        if (arguments.length > 3) {
            site.runSample(Path.of(arguments[3]));
        }
        site.read();
        site.write();
        if (!site.faults.isEmpty()) {
            site.faults.forEach(System.err::println);
            System.exit(1);
        }
    }

    /** Runs the program of this class path on its sample, in a folder and on a port of its own. */
    private void runSample(Path sample) throws IOException, InterruptedException {
        delete(sample);
        Files.createDirectories(sample);
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        File log = sample.resolve("site.log").toFile();
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.crowdlab.trial.TrialMain",
                        "--crowdlab.embedded.directory=" + sample,
                        "--crowdlab.embedded.port=" + port)
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        Path report = sample.resolve("report-support-tickets.html");
        if (!program.waitFor(MAX_MINUTES, TimeUnit.MINUTES)) {
            program.destroyForcibly();
            faults.add("the sample was not done within " + MAX_MINUTES + " minutes; " + log + " says how far it came");
        } else if (program.exitValue() != 0 || !Files.exists(report)) {
            faults.add("the sample ended with " + program.exitValue() + " and made no report; " + log + " says why");
        } else {
            Files.copy(report, folder.resolve(REPORT));
            hasReport = true;
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private void read() throws IOException {
        Parser parser =
                Parser.builder().extensions(List.of(TablesExtension.create())).build();
        List<Path> files = new ArrayList<>(List.of(FRONT, TABLES));
        try (Stream<Path> found = Files.list(PAGES)) {
            found.sorted().forEach(files::add);
        }
        for (Path file : files) {
            Node page = parser.parse(Files.readString(file));
            pages.put(file, page);
            anchors.put(file, nameHeadings(page));
        }
        readNavigation();
    }

    private void readNavigation() throws IOException {
        String front = Files.readString(FRONT);
        String kind = "";
        Matcher row = KIND.matcher(front.substring(front.indexOf("\n## Read on")));
        while (row.find()) {
            kind = row.group(1) == null ? kind : row.group(1);
            if (kind.isEmpty()) {
                continue;
            }
            for (MatchResult link : PAGE_LINK.matcher(row.group(2)).results().toList()) {
                kinds.computeIfAbsent(kind, name -> new LinkedHashMap<>()).put(Path.of(link.group(2)), link.group(1));
            }
        }
        kinds.values().forEach(links -> links.keySet().retainAll(pages.keySet()));
        for (Path page : pages.keySet()) {
            if (!page.equals(FRONT) && kinds.values().stream().noneMatch(links -> links.containsKey(page))) {
                faults.add(page + ": is not in the table \"Read on\" of " + FRONT + "; add it");
            }
        }
    }

    private void write() throws IOException {
        for (Map.Entry<Path, Node> page : pages.entrySet()) {
            index(page.getKey(), page.getValue());
            mendLinks(page.getKey(), page.getValue());
            Files.writeString(folder.resolve(name(page.getKey())), html(page.getKey(), page.getValue()));
        }
        Files.writeString(folder.resolve("index.js"), "const allSections = [\n" + String.join(",\n", index) + "\n];\n");
        Files.writeString(folder.resolveSibling("llms.txt"), llms());
        for (Path source : List.of(SKIN, PICTURES)) {
            try (Stream<Path> found = Files.list(source)) {
                for (Path file : found.filter(file -> !file.endsWith(TEMPLATE)).toList()) {
                    Files.copy(file, folder.resolve(file.getFileName()));
                }
            }
        }
        Files.writeString(
                folder.resolveSibling("index.html"),
                "<!doctype html><meta charset=\"utf-8\"><title>crowdlab-etl</title><meta http-equiv=\"refresh\" content=\"0; url=%1$s/index.html\"><a href=\"%1$s/index.html\">crowdlab-etl %1$s</a>\n"
                        .formatted(escape(version)));
    }

    /** The headings with their text as the index of the search: one entry for each section. */
    private void index(Path page, Node document) {
        String title = "";
        String heading = "";
        String anchor = "";
        StringBuilder text = new StringBuilder();
        for (Node node = document.getFirstChild(); node != null; node = node.getNext()) {
            if (node instanceof Heading next) {
                addToIndex(page, List.of(title, heading, anchor), text);
                heading = text(next);
                anchor = anchorOf.getOrDefault(next, "");
                title = title.isEmpty() ? heading : title;
            } else {
                text.append(text(node)).append(' ');
            }
        }
        addToIndex(page, List.of(title, heading, anchor), text);
    }

    private void addToIndex(Path page, List<String> names, StringBuilder text) {
        if (!names.get(0).isEmpty()) {
            index.add("[%s, %s, %s, %s]"
                    .formatted(
                            quote(names.get(0)),
                            quote(names.get(1)),
                            quote(name(page) + "#" + names.get(2)),
                            quote(text.toString().replaceAll("\\s+", " ").trim())));
        }
        text.setLength(0);
    }

    private void mendLinks(Path page, Node document) {
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Link link) {
                link.setDestination(mended(page, link.getDestination()));
                visitChildren(link);
            }

            @Override
            public void visit(Image image) {
                if (image.getDestination().contains(":")) {
                    faults.add(page + ": the picture " + image.getDestination() + " is from elsewhere; put it into "
                            + PICTURES);
                } else {
                    image.setDestination(mended(page, image.getDestination()));
                }
            }
        });
    }

    private String mended(Path page, String link) {
        if (link.startsWith("https://") || link.startsWith("http://") || link.startsWith("mailto:")) {
            return link;
        }
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
        String anchor = parts.length > 1 ? "#" + parts[1] : "";
        if (!Files.exists(target)) {
            faults.add(page + ": the link " + link + " leads to no file");
        } else if (pages.containsKey(target)) {
            if (parts.length > 1 && !anchors.get(target).contains(parts[1])) {
                faults.add(page + ": the link " + link + " leads to no heading of " + target);
            }
            return name(target) + anchor;
        } else if (target.startsWith(PICTURES)) {
            return target.getFileName().toString();
        }
        return tree + target + anchor;
    }

    private String html(Path page, Node document) throws IOException {
        String body = HtmlRenderer.builder()
                .extensions(List.of(TablesExtension.create()))
                .attributeProviderFactory(context -> (node, tag, attributes) -> {
                    if (node instanceof Heading heading) {
                        attributes.put("id", anchorOf.get(heading));
                    }
                })
                .build()
                .render(document)
                .replace("<table>", "<div class=\"wide\" tabindex=\"0\"><table>")
                .replace("</table>", "</table></div>")
                .replace("<pre>", "<pre tabindex=\"0\">");
        String title = page.equals(FRONT) ? "crowdlab-etl" : text(document.getFirstChild()) + " – crowdlab-etl";
        return Files.readString(SKIN.resolve(TEMPLATE))
                .replace("{title}", escape(title))
                .replace("{version}", escape(version))
                .replace("{navigation}", navigation(page))
                .replace("{body}", body);
    }

    private String navigation(Path page) {
        StringBuilder html = new StringBuilder();
        if (hasReport) {
            html.append("<h2>Example</h2>\n<ul>\n<li><a href=\"%s\">The sample's report</a></li>\n</ul>\n"
                    .formatted(REPORT));
        }
        kinds.forEach((kind, links) -> {
            html.append("<h2>%s</h2>\n<ul>\n".formatted(escape(kind)));
            links.forEach((target, name) -> html.append("<li><a href=\"%s\"%s>%s</a></li>\n"
                    .formatted(name(target), target.equals(page) ? " aria-current=\"page\"" : "", escape(name))));
            html.append("</ul>\n");
        });
        return html.toString();
    }

    /** What https://llmstxt.org asks for: the name, what it is, and where the pages are. */
    private String llms() {
        StringBuilder text = new StringBuilder("# crowdlab-etl %s\n\n> %s\n".formatted(version, firstSentence(FRONT)));
        kinds.forEach((kind, links) -> {
            text.append("\n## ").append(kind).append("\n\n");
            links.forEach((page, name) ->
                    text.append("- [%s](%s/%s): %s\n".formatted(name, version, name(page), about(page))));
        });
        return text.toString();
    }

    /** The sections, or of a page without any its first sentence. */
    private String about(Path page) {
        List<String> sections = new ArrayList<>();
        visitHeadings(pages.get(page), heading -> {
            if (heading.getLevel() == 2) {
                sections.add(text(heading).trim());
            }
        });
        return sections.isEmpty() ? firstSentence(page) : String.join("; ", sections);
    }

    private String firstSentence(Path page) {
        Node node = pages.get(page).getFirstChild();
        while (node != null && !(node instanceof Paragraph)) {
            node = node.getNext();
        }
        return node == null
                ? ""
                : text(node).trim().replaceAll("(?<=\\w[.:])\\s.*", "").replaceAll(":$", ".");
    }

    private static String name(Path page) {
        if (page.equals(FRONT)) {
            return "index.html";
        }
        return page.equals(TABLES)
                ? "database.html"
                : page.getFileName().toString().replaceAll("\\.md$", ".html");
    }

    /** As GitHub names them: lower case, no punctuation, hyphens for blanks, and a number behind a name that occurs again. */
    private Set<String> nameHeadings(Node document) {
        Map<String, Integer> times = new HashMap<>();
        visitHeadings(document, heading -> {
            String name = text(heading)
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-');
            int earlier = times.merge(name, 1, Integer::sum) - 1;
            String anchor = earlier == 0 ? name : name + "-" + earlier;
            anchorOf.put(heading, anchor);
            times.putIfAbsent(anchor, 1);
        });
        return times.keySet();
    }

    private static void visitHeadings(Node document, Consumer<Heading> consumer) {
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Heading heading) {
                consumer.accept(heading);
            }
        });
    }

    private static String text(Node node) {
        StringBuilder text = new StringBuilder();
        node.accept(new AbstractVisitor() {
            @Override
            public void visit(Text part) {
                text.append(part.getLiteral());
            }

            @Override
            public void visit(Code part) {
                text.append(part.getLiteral());
            }

            @Override
            public void visit(SoftLineBreak part) {
                text.append(' ');
            }

            @Override
            public void visit(IndentedCodeBlock part) {
                text.append(part.getLiteral());
            }

            @Override
            public void visit(FencedCodeBlock part) {
                text.append(part.getLiteral());
            }

            @Override
            public void visit(Paragraph paragraph) {
                visitChildren(paragraph);
                text.append(' ');
            }

            @Override
            public void visit(CustomNode cell) {
                visitChildren(cell);
                text.append(' ');
            }
        });
        return text.toString();
    }

    private static String quote(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("<", "\\u003c") + "\"";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
