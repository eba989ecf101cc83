package dev.crowdlab.job;

import dev.crowdlab.plan.Databases;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans that change existing results without running datasets. */
@Configuration(proxyBeanMethods = false)
class UpkeepConfiguration {

    @Bean
    PublicationChange publications(Databases databases) {
        return new PublicationChange(databases);
    }

    @Bean
    ForgottenIds forgottenIds(Databases databases) {
        return new ForgottenIds(databases);
    }

    @Bean
    DatasetDrop datasetDrop(Databases databases) {
        return new DatasetDrop(databases);
    }
}
