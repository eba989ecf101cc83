package dev.crowdlab.job;

import dev.crowdlab.plan.Databases;
import dev.crowdlab.plan.DatasetInspection;
import dev.crowdlab.plan.MemoryBudget;
import dev.crowdlab.settings.Settings;
import java.time.Clock;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.transaction.PlatformTransactionManager;

/** The objects that all runs share. */
record RunEnvironment(
        Batch batch,
        Settings settings,
        Databases databases,
        DatasetInspection inspection,
        MemoryBudget memory,
        Clock clock,
        String softwareVersion) {

    /** The parts of Spring Batch that a run needs. */
    record Batch(JobOperator operator, JobRepository repository, PlatformTransactionManager transactionManager) {}
}
