package dev.crowdlab.audit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The closed runs of a dataset, each of which records the hash of the run closed before it. A chain is intact if every
 * hash is correct, exactly one run is the first, and every other run is the only successor of an existing run.
 */
public final class HashChain {

    /** Stands for the hash of the run before the first. */
    private static final String NONE = "";

    private final String dataset;
    private final List<AuditedRun> closed;
    /** The runs that follow each hash. */
    private final Map<String, List<AuditedRun>> successors;

    private final Set<String> hashes;

    /** Creates the chain of a dataset from its runs in any order; runs that are still RUNNING are ignored. */
    public HashChain(String dataset, List<AuditedRun> runs) {
        this.dataset = dataset;
        closed = runs.stream().filter(AuditedRun::isClosed).toList();
        successors = closed.stream()
                .collect(Collectors.groupingBy(run -> run.previousHash().orElse(NONE)));
        hashes = closed.stream().flatMap(run -> run.hash().stream()).collect(Collectors.toSet());
    }

    /** Returns everything that is wrong with the chain. */
    public List<IntegrityViolation> differences() {
        List<IntegrityViolation> differences = new ArrayList<>();
        for (AuditedRun run : closed) {
            if (!run.hash().equals(Optional.of(run.expectedHash()))) {
                differences.add(
                        difference(run, "does not match its hash; its values were changed after the run was closed"));
            }
            if (run.previousHash().isPresent()
                    && !hashes.contains(run.previousHash().get())) {
                differences.add(difference(
                        run,
                        "lacks the run that this one follows, whose hash is "
                                + run.previousHash().get()));
            }
        }
        successors.forEach((hash, next) -> {
            if (next.size() > 1) {
                next.forEach(run -> differences.add(difference(run, fork(hash, next))));
            }
        });
        addBeginning(differences);
        return differences;
    }

    private static String fork(String hash, List<AuditedRun> next) {
        String runs = next.stream().map(run -> String.valueOf(run.runId())).collect(Collectors.joining(" and "));
        return "has more than one " + (hash.equals(NONE) ? "first run" : "run that follows " + hash) + ": " + runs;
    }

    /** Runs that cannot be reached from a first run form cycles. */
    private void addBeginning(List<IntegrityViolation> differences) {
        Set<Long> reached = new HashSet<>();
        Deque<AuditedRun> next = new ArrayDeque<>();
        closed.stream()
                .filter(run ->
                        run.previousHash().map(hash -> !hashes.contains(hash)).orElse(true))
                .forEach(next::add);
        while (!next.isEmpty()) {
            AuditedRun run = next.remove();
            if (reached.add(run.runId())) {
                run.hash().ifPresent(hash -> next.addAll(successors.getOrDefault(hash, List.of())));
            }
        }
        closed.stream()
                .filter(run -> !reached.contains(run.runId()))
                .forEach(run ->
                        differences.add(difference(run, "has no first run from which the chain leads to this one")));
    }

    private IntegrityViolation difference(AuditedRun run, String fault) {
        return new IntegrityViolation(dataset, run.runId(), "run", fault);
    }

    /** Returns the last run of the chain; empty if no run is closed. */
    public Optional<AuditedRun> newest() {
        return closed.stream()
                .filter(run -> run.hash().isPresent()
                        && !successors.containsKey(run.hash().get()))
                .max(Comparator.comparingLong(AuditedRun::runId));
    }
}
