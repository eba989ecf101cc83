package dev.crowdlab.run;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is recorded about one run. The names of components are those of the columns.
 *
 * @param run the run itself
 * @param findings worst first
 * @param tables by name
 * @param models by name
 * @param consensusMethods the published one, then the others by name
 * @param experts of the committee, by name
 * @param annotators of all annotators together
 * @param rejectedCounts the greatest first
 */
public record RunDetails(
        Run run,
        List<FindingDetails> findings,
        List<Table> tables,
        List<Model> models,
        List<ConsensusMethod> consensusMethods,
        List<Expert> experts,
        Annotators annotators,
        List<RejectedCount> rejectedCounts) {

    /** Lists are copied. */
    public RunDetails {
        findings = List.copyOf(findings);
        tables = List.copyOf(tables);
        models = List.copyOf(models);
        consensusMethods = List.copyOf(consensusMethods);
        experts = List.copyOf(experts);
        rejectedCounts = List.copyOf(rejectedCounts);
    }

    /**
     * A row of {@code run}, and whether the dashboards show it. Its parts are one object in a document.
     *
     * @param becameCurrent null while it is RUNNING
     */
    // more components: one for each documented key of the JSON
    public record Run(
            long runId,
            String dataset,
            String status,
            boolean isCurrent,
            @Nullable Boolean becameCurrent,
            Instant asOf,
            @JsonUnwrapped Course course,
            String softwareVersion,
            int resultsVersion,
            Json settings,
            @JsonUnwrapped Numbers numbers,
            @JsonUnwrapped Digests digests) {}

    /**
     * Who started a run, when, and how long it took, or has taken so far.
     *
     * @param finishedAt null while it is RUNNING
     * @param jobExecutionId null if it is not one of Spring Batch
     */
    public record Course(
            String startedBy,
            Instant startedAt,
            @Nullable Instant finishedAt,
            Duration duration,
            @Nullable Long jobExecutionId) {}

    /** What a run counted, and L; a number is null if the run ended before it was known. */
    public record Numbers(
            @Nullable Long numExamples,
            @Nullable Long numAnnotations,
            @Nullable Long numAnnotators,
            @Nullable Long numClasses,
            @Nullable Long numUnlabeled,
            @Nullable Long numCollapsed,
            @Nullable Long numRejected,
            @Nullable Double consensusLikelihood) {}

    /** The digests of a run's rows, and its place in the chain; each is null if the run ended before it was known. */
    public record Digests(
            @Nullable String inputDigest,
            @Nullable String outputDigest,
            @Nullable String previousHash,
            @Nullable String hash) {}

    /** The text of a JSON document. */
    public record Json(String text) {}

    /**
     * A row of {@code run_table}.
     *
     * @param removedAt null: the rows are still there
     */
    public record Table(
            String tableName,
            long rowCount,
            String digest,
            @Nullable Instant removedAt) {}

    /** A row of {@code run_model}. */
    public record Model(
            String model,
            @Nullable Double modelWeight,
            @Nullable Double temperature,
            @Nullable Double coverage) {}

    /**
     * A row of {@code run_consensus}, and whether the method is the published one.
     *
     * @param agreementWithPublished share of examples to which it gives the published label
     */
    // more components: one for each documented key of the JSON
    public record ConsensusMethod(
            String consensusMethod,
            boolean isPublished,
            @Nullable Double estimatedAccuracy,
            @Nullable Double lower,
            @Nullable Double upper,
            @Nullable Integer rounds,
            @Nullable Double goldAccuracy,
            @Nullable Double goldLower,
            @Nullable Double goldUpper,
            long numGold,
            double agreementWithPublished) {}

    /** A row of {@code run_expert}. */
    public record Expert(String expert, double weight, double looScore, int rounds) {}

    /** The number of annotators, and the ranges of their weights and qualities; null if none has one. */
    public record Annotators(
            long numAnnotators,
            @Nullable Double leastAnnotatorWeight,
            @Nullable Double greatestAnnotatorWeight,
            @Nullable Double leastAnnotatorQuality,
            @Nullable Double greatestAnnotatorQuality) {}

    /** A row of {@code rejected_count}. */
    public record RejectedCount(String source, String reason, long numRows) {}
}
