package dev.crowdlab.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crowdlab.cli.terminal.SummaryDocument.Counts;
import dev.crowdlab.cli.terminal.SummaryDocument.Entry;
import dev.crowdlab.finding.Finding;
import dev.crowdlab.finding.Finding.Severity;
import dev.crowdlab.finding.FindingCode;
import dev.crowdlab.notification.DatasetState;
import dev.crowdlab.run.FindingDetails;
import dev.crowdlab.settings.NightEvent;
import dev.crowdlab.settings.WebhookSettings;
import dev.crowdlab.settings.WebhookSettings.Format;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WebhookPostTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HOSTILE =
            "<!channel> <@U1|boss> <https://evil.example|report> [x](https://evil.example)"
                    + " @everyone #general & *b* \u202e \u0000\n> quote";
    private static final Counts COUNTS = new Counts(739, 2_304, 14, 3, 0, 0, 35, 0.8, 0.6139, 76);

    private static FindingDetails finding(FindingCode code, Severity severity, String sentence) {
        return FindingDetails.of(Finding.of(code, severity, sentence));
    }

    private static Entry published(String dataset, FindingDetails... findings) {
        return new Entry(
                dataset, 6L, "PUBLISHED", ExitCode.OK, true, COUNTS, List.of(findings), null, Duration.ofSeconds(1));
    }

    private static Entry refused(String dataset, FindingDetails... findings) {
        return new Entry(
                dataset,
                7L,
                "REFUSED",
                ExitCode.REFUSED,
                false,
                COUNTS,
                List.of(findings),
                "joined sentences",
                Duration.ofSeconds(1));
    }

    private static Entry failed(String dataset, String message) {
        return new Entry(
                dataset, 8L, "FAILED", ExitCode.FAILED, false, null, List.of(), message, Duration.ofSeconds(1));
    }

    private static List<WebhookPost> posts(
            Format format, Set<NightEvent> events, List<DatasetState> states, Entry... runs) {
        SummaryDocument summary = new SummaryDocument(
                runs.length == 0 ? ExitCode.UNREACHABLE : ExitCode.OK,
                runs.length == 0 ? "The database cannot be reached." : null,
                List.of(runs),
                List.of());
        WebhookSettings settings = new WebhookSettings(
                URI.create("https://hooks.example.org/a"),
                Optional.empty(),
                events,
                format,
                Optional.of(URI.create("https://reports.example.org/?a=1&b=2")));
        return WebhookPost.all(new SummaryMessages(summary, states, Instant.EPOCH), settings);
    }

    private static JsonNode post(Format format, Entry... runs) throws IOException {
        List<WebhookPost> posts = posts(format, Set.of(NightEvent.values()), List.of(), runs);
        assertThat(posts).hasSize(1);
        byte[] body = posts.get(0).body().bytes();
        JsonNode message = JSON.readTree(body);
        if (format == Format.SLACK) {
            obeysSlacksRules(message);
        } else {
            obeysTeamsRules(message, body.length);
        }
        return message;
    }

    private static void obeysSlacksRules(JsonNode message) {
        assertThat(message.path("text").asText()).isNotBlank();
        JsonNode blocks = message.path("blocks");
        assertThat(blocks.size()).isBetween(1, 50);
        int characters = 0;
        for (JsonNode block : blocks) {
            assertThat(block.path("type").asText()).isEqualTo("section");
            JsonNode text = block.path("text");
            assertThat(text.path("type").asText()).isEqualTo("mrkdwn");
            assertThat(text.path("verbatim").asBoolean()).isTrue();
            assertThat(text.path("text").asText().length()).isBetween(1, 3_000);
            characters += text.path("text").asText().length();
        }
        assertThat(characters).isLessThan(13_000);
    }

    private static void obeysTeamsRules(JsonNode message, int bytes) {
        assertThat(bytes).isLessThan(28 * 1024 / 2);
        assertThat(message.path("type").asText()).isEqualTo("message");
        assertThat(message.path("attachments")).hasSize(1);
        JsonNode attachment = message.path("attachments").path(0);
        assertThat(attachment.path("contentType").asText()).isEqualTo("application/vnd.microsoft.card.adaptive");
        JsonNode card = attachment.path("content");
        assertThat(card.path("type").asText()).isEqualTo("AdaptiveCard");
        assertThat(card.path("$schema").asText()).isEqualTo("http://adaptivecards.io/schemas/adaptive-card.json");
        assertThat(card.path("version").asText()).isEqualTo("1.4");
        assertThat(card.path("body")).isNotEmpty();
        assertThat(card.findValues("type").stream().map(JsonNode::asText))
                .as("only elements that read no Markdown")
                .containsOnly("AdaptiveCard", "Container", "RichTextBlock", "TextRun", "Action.OpenUrl");
        assertThat(card.path("actions").path(0).path("url").asText()).isEqualTo("https://reports.example.org/?a=1&b=2");
    }

    private static List<String> texts(JsonNode message) {
        List<String> texts = new ArrayList<>();
        message.forEach(child -> texts.addAll(texts(child)));
        if (message.path("text").isTextual()) {
            texts.add(message.path("text").asText());
        }
        return texts;
    }

    @Test
    void slackIsToldPerDatasetWhatHappenedAndWhatToDo() throws IOException {
        JsonNode message = post(
                Format.SLACK,
                published("tickets"),
                refused("moods", finding(FindingCode.MIN_EXAMPLES, Severity.FAIL, "There are 12 examples.")),
                failed("mails", "The table mail does not exist."));
        assertThat(message.path("text").asText())
                .isEqualTo("crowdlab-etl: 1 dataset failed, 1 dataset not published, 1 dataset published.");
        assertThat(texts(message.path("blocks")))
                .containsExactly(
                        "*crowdlab-etl: 1 dataset failed, 1 dataset not published, 1 dataset published.*",
                        "*failed* · mails\n• The table mail does not exist.\n   _What to do:_ "
                                + FindingCode.FAILED.advice() + ".",
                        "*not published* · moods\n• Run 7: 739 examples, 2,304 annotations by 14 annotators; mean"
                                + " quality 0.614.\n• There are 12 examples.\n   _What to do:_ "
                                + FindingCode.MIN_EXAMPLES.advice() + ".",
                        "*published* · tickets\n• Run 6: 739 examples, 2,304 annotations by 14 annotators; mean"
                                + " quality 0.614.",
                        "<https://reports.example.org/?a=1&amp;b=2|Reports>");
    }

    @Test
    void teamsIsToldTheSame() throws IOException {
        JsonNode message = post(
                Format.TEAMS,
                published("tickets"),
                refused("moods", finding(FindingCode.MIN_EXAMPLES, Severity.FAIL, "There are 12 examples.")));
        assertThat(texts(message))
                .containsExactly(
                        "crowdlab-etl: 1 dataset not published, 1 dataset published.",
                        "not published",
                        " · moods",
                        "• Run 7: 739 examples, 2,304 annotations by 14 annotators; mean quality 0.614.",
                        "• There are 12 examples.",
                        "What to do: " + FindingCode.MIN_EXAMPLES.advice() + ".",
                        "published",
                        " · tickets",
                        "• Run 6: 739 examples, 2,304 annotations by 14 annotators; mean quality 0.614.");
    }

    @Test
    void atMostThreeFindingsAreToldAndAdviceOnlyOnce() throws IOException {
        String withAdvice = "Too few examples: " + FindingCode.MIN_EXAMPLES.advice() + ".";
        JsonNode message = post(
                Format.SLACK,
                published(
                        "tickets",
                        finding(FindingCode.MIN_EXAMPLES, Severity.WARN, withAdvice),
                        finding(FindingCode.DRIFT, Severity.WARN, "Second."),
                        finding(FindingCode.MODEL_ECHO, Severity.WARN, "Third."),
                        finding(FindingCode.NO_AGREEMENT, Severity.WARN, "Fourth."),
                        finding(FindingCode.MEAN_QUALITY, Severity.INFO, "Fifth.")));
        assertThat(texts(message).get(1))
                .containsOnlyOnce(FindingCode.MIN_EXAMPLES.advice())
                .contains("Second.", "Third.", "• 1 further finding; the command show prints all.")
                .doesNotContain("Fourth.", "Fifth.");
    }

    @Test
    void noNameOrSentenceMentionsAnybodyOrLinksAnywhereInSlack() throws IOException {
        JsonNode message = post(
                Format.SLACK,
                refused(HOSTILE, finding(FindingCode.LOST_CLASS, Severity.FAIL, HOSTILE)),
                failed("x".repeat(900) + HOSTILE, HOSTILE));
        for (String text : texts(message)) {
            assertThat(text.replace("<https://reports.example.org/?a=1&amp;b=2|Reports>", "")
                            .replace("&amp;", "")
                            .replace("&lt;", "")
                            .replace("&gt;", ""))
                    .doesNotContain("<", ">", "&", "\u202e", "\u0000");
        }
        assertThat(texts(message)).anySatisfy(text -> assertThat(text).contains("&lt;!channel&gt; &lt;@U1|boss&gt;"));
    }

    @Test
    void noNameOrSentenceLinksAnywhereInTeams() throws IOException {
        JsonNode message =
                post(Format.TEAMS, refused(HOSTILE, finding(FindingCode.LOST_CLASS, Severity.FAIL, HOSTILE)));
        assertThat(message.findValues("url")).hasSize(1);
        assertThat(message.findValues("entities")).isEmpty();
        assertThat(texts(message)).allSatisfy(text -> assertThat(text).doesNotContain("\u202e", "\u0000", "\n"));
    }

    @ParameterizedTest
    @EnumSource(names = {"SLACK", "TEAMS"})
    void ofManyDatasetsTheWorstAreShownAndTheOthersCounted(Format format) throws IOException {
        FindingDetails longest = finding(FindingCode.LOST_CLASS, Severity.FAIL, "&😀".repeat(2_000));
        List<Entry> runs = new ArrayList<>();
        IntStream.range(0, 295).forEach(i -> runs.add(published("fine-" + i)));
        IntStream.range(0, 5).forEach(i -> runs.add(refused("bad-" + i, longest, longest, longest)));
        JsonNode message = post(format, runs.toArray(Entry[]::new));
        List<String> texts = texts(message);
        assertThat(texts.get(0)).contains("5 datasets not published, 295 datasets published");
        assertThat(texts).anySatisfy(text -> assertThat(text).contains("bad-0"));
        assertThat(texts).anySatisfy(text -> assertThat(text)
                .matches("Not shown for lack of room: .*\\d+ datasets? published; the command show prints a run\\."));
    }

    @ParameterizedTest
    @EnumSource(names = {"SLACK", "TEAMS"})
    void threeHundredGoodNightsFitIntoOneMessage(Format format) throws IOException {
        Entry[] runs = IntStream.range(0, 300).mapToObj(i -> published("d" + i)).toArray(Entry[]::new);
        assertThat(texts(post(format, runs)).get(0)).contains("crowdlab-etl: 300 datasets published.");
    }

    @ParameterizedTest
    @EnumSource(names = {"SLACK", "TEAMS"})
    void aCallThatRanNothingSaysWhy(Format format) throws IOException {
        assertThat(String.join("\n", texts(post(format))))
                .contains("crowdlab-etl: nothing was run.", "The database cannot be reached.", "remove the cause");
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsPostedOfEventsThatNobodyAskedFor(Format format) {
        assertThat(posts(format, Set.of(NightEvent.FAILED), List.of(), published("tickets"), refused("moods")))
                .isEmpty();
    }

    @Test
    void aDriftComesFirstWhereItIsAskedFor() throws IOException {
        DatasetState drifting =
                new DatasetState("tickets", null, null, Map.of(), Map.of(), List.of("annotator-08"), Map.of());
        List<WebhookPost> posts = posts(
                Format.SLACK,
                Set.of(NightEvent.DRIFT),
                List.of(drifting),
                published(
                        "tickets",
                        finding(FindingCode.MODEL_ECHO, Severity.WARN, "An echo."),
                        finding(FindingCode.DRIFT, Severity.WARN, "1 annotator agrees less than before.")));
        assertThat(posts).singleElement().extracting(WebhookPost::event).isEqualTo(NightEvent.DRIFT);
        String text = JSON.readTree(posts.get(0).body().bytes())
                .at("/blocks/1/text/text")
                .asText();
        assertThat(text.indexOf("agrees less")).isPositive().isLessThan(text.indexOf("An echo."));
    }

    @Test
    void programsGetOneDocumentForEachDatasetAndEvent() throws IOException {
        List<WebhookPost> posts =
                posts(Format.JSON, Set.of(NightEvent.values()), List.of(), published("tickets"), refused("moods"));
        assertThat(posts).extracting(WebhookPost::event).containsExactly(NightEvent.PUBLISHED, NightEvent.REFUSED);
        JsonNode first = JSON.readTree(posts.get(0).body().bytes());
        assertThat(StreamSupport.stream(((Iterable<String>) first::fieldNames).spliterator(), false))
                .containsExactly("event", "sent_at", "exit_code", "message", "run", "drifting_annotators");
    }
}
