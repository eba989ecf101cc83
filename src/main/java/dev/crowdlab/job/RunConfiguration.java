package dev.crowdlab.job;

import dev.crowdlab.configuration.SettingOrigins;
import dev.crowdlab.job.RunEnvironment.Batch;
import dev.crowdlab.plan.Databases;
import dev.crowdlab.plan.DatasetInspection;
import dev.crowdlab.plan.HeapLimit;
import dev.crowdlab.plan.MemoryBudget;
import dev.crowdlab.plan.RunPlanner;
import dev.crowdlab.run.SoftwareVersion;
import dev.crowdlab.settings.Settings;
import java.time.Clock;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.transaction.PlatformTransactionManager;

/** The beans that plan and execute runs. */
@Configuration(proxyBeanMethods = false)
class RunConfiguration {

    @Bean
    DatasetInspection datasetInspection(ConfigurableEnvironment environment) {
        return new DatasetInspection(new SettingOrigins(environment)::locate);
    }

    @Bean
    RunPlanner runPlanner(Settings settings, Databases databases, DatasetInspection inspection) {
        return new RunPlanner(settings, databases, inspection, Clock.systemUTC());
    }

    @Bean
    Batch batch(JobOperator operator, JobRepository repository, PlatformTransactionManager transactionManager) {
        return new Batch(operator, repository, transactionManager);
    }

    @Bean
    Purge purge(RunPlanner planner, Databases databases) {
        return new Purge(planner, databases, Clock.systemUTC());
    }

    @Bean
    DatasetRuns datasetRuns(Batch batch, Databases databases, DatasetInspection inspection, Settings settings) {
        return new DatasetRuns(new DatasetRunner(new RunEnvironment(
                batch,
                settings,
                databases,
                inspection,
                new MemoryBudget(HeapLimit.ofProcess().bytes()),
                Clock.systemUTC(),
                SoftwareVersion.recorded().toString())));
    }
}
