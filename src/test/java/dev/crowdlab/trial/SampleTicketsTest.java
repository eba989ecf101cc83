package dev.crowdlab.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.trial.SampleTickets.Annotation;
import dev.crowdlab.trial.SampleTickets.Prediction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SampleTicketsTest {

    private static final LocalDate DAY = LocalDate.of(2026, 4, 8);

    private final List<Annotation> annotations = new SampleTickets(DAY).annotations();
    private final List<Prediction> predictions = new SampleTickets(DAY).predictions();

    @Test
    void isTheSameByteForByteOnEveryMachine() throws Exception {
        String text = Stream.concat(
                        annotations.stream().map(row -> row.csv("d")),
                        predictions.stream().map(row -> row.csv("d")))
                .collect(Collectors.joining("\n"));
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        assertThat(HexFormat.of().formatHex(digest))
                .isEqualTo("8fc154d4e186ff093f26582a9a31f26f79a9598bd0a4718f0c730ff7548cfe09");
    }

    @Test
    void onlyTheWeeksMoveWithTheDay() {
        assertThat(new SampleTickets(DAY.plusDays(4)).annotations())
                .as("still the same week")
                .isEqualTo(annotations);
        assertThat(new SampleTickets(DAY.plusDays(18)).annotations())
                .isEqualTo(annotations.stream()
                        .map(row -> new Annotation(
                                row.exampleId(),
                                row.annotatorId(),
                                row.label(),
                                row.annotatedAt().plus(Duration.ofDays(14))))
                        .toList());
    }

    @Test
    void peopleWorkByDayForEightWholeWeeks() {
        assertThat(annotations)
                .extracting(row -> row.annotatedAt().atOffset(ZoneOffset.UTC))
                .allMatch(time -> time.getHour() >= 8 && time.getHour() < 21)
                .allMatch(time -> time.getDayOfWeek().getValue() <= 5);
        Instant start = Instant.parse("2026-02-09T00:00:00Z");
        assertThat(annotations.stream()
                        .map(row -> Duration.between(start, row.annotatedAt()).toDays() / 7)
                        .distinct())
                .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L);
    }

    @Test
    void everyLabeledTicketHasTwoToFiveAnnotators() {
        Map<String, Long> annotatorCounts = annotations.stream()
                .filter(row -> !row.annotatorId().isEmpty() && SampleTickets.INTENTS.contains(row.label()))
                .collect(Collectors.groupingBy(
                        Annotation::exampleId,
                        Collectors.mapping(
                                Annotation::annotatorId,
                                Collectors.collectingAndThen(Collectors.toSet(), set -> (long) set.size()))));
        assertThat(annotatorCounts).hasSize(SampleTickets.LABELED_COUNT);
        assertThat(annotatorCounts.values()).containsOnly(2L, 3L, 4L, 5L);
        assertThat(annotatorCounts).containsKeys("ticket-0001", "ticket-0740").doesNotContainKey("ticket-0741");
    }

    @Test
    void everyTicketButOneHasPredictionsThatSumToOne() {
        Map<String, List<Prediction>> byTicket =
                predictions.stream().collect(Collectors.groupingBy(Prediction::exampleId));
        assertThat(byTicket).hasSize(SampleTickets.TICKET_COUNT - 1).containsKey("ticket-0800");
        long whole = byTicket.values().stream()
                .filter(rows -> rows.size() == SampleTickets.INTENTS.size())
                .filter(rows -> Math.abs(rows.stream()
                                        .mapToDouble(row -> Double.parseDouble(row.probability()))
                                        .sum()
                                - 1)
                        < 1e-6)
                .count();
        assertThat(whole).isEqualTo(byTicket.size() - 4);
    }

    @Test
    void theModelIsBetterThanChanceAndNotPerfect() {
        Map<String, String> favorites =
                predictions.stream().collect(Collectors.groupingBy(Prediction::exampleId)).entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, ticket -> ticket.getValue().stream()
                                .max((one, other) -> one.probability().compareTo(other.probability()))
                                .orElseThrow()
                                .label()));
        assertThat(agreement(favorites, "annotator-01")).isBetween(0.7, 0.9);
    }

    @Test
    void annotatorsDifferInSkill() {
        Map<String, String> experts = annotations.stream()
                .filter(row -> row.annotatorId().equals("annotator-01"))
                .collect(Collectors.toMap(Annotation::exampleId, Annotation::label, (one, other) -> one));
        assertThat(agreement(experts, "annotator-02")).isGreaterThan(0.75);
        assertThat(agreement(experts, "annotator-13")).isLessThan(0.5);
        assertThat(annotations.stream()
                        .map(Annotation::annotatorId)
                        .filter(id -> !id.isEmpty())
                        .distinct())
                .hasSize(SampleTickets.ANNOTATOR_COUNT);
        assertThat(annotations.stream().filter(row -> row.annotatorId().equals("annotator-14")))
                .hasSize(7);
        long confusions = annotations.stream()
                .filter(row ->
                        row.annotatorId().equals("annotator-12") && row.label().equals("refund"))
                .count();
        long refunds = annotations.stream()
                .filter(row ->
                        row.annotatorId().equals("annotator-02") && row.label().equals("refund"))
                .count();
        assertThat(confusions).isGreaterThan(refunds * 3 / 2);
    }

    @Test
    void labelsAreTheIntentsButForTheRowsWithoutOneOrWithAText() {
        assertThat(annotations.stream().map(Annotation::label).distinct().filter(label -> label.length() < 250))
                .containsExactlyInAnyOrderElementsOf(Stream.concat(SampleTickets.INTENTS.stream(), Stream.of(""))
                        .toList());
        assertThat(predictions.stream().map(Prediction::label).distinct())
                .containsExactlyElementsOf(SampleTickets.INTENTS);
        assertThat(annotations.stream().filter(row -> row.label().length() > 250))
                .hasSize(1);
    }

    /** The share of an annotator's labels that equal those given for the same tickets. */
    private double agreement(Map<String, String> labels, String annotatorId) {
        return annotations.stream()
                .filter(row -> row.annotatorId().equals(annotatorId) && labels.containsKey(row.exampleId()))
                .mapToInt(row -> labels.get(row.exampleId()).equals(row.label()) ? 1 : 0)
                .average()
                .orElseThrow();
    }
}
