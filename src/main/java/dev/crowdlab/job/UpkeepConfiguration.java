package dev.crowdlab.job;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What people do to results that are there, beside running datasets. */
@Configuration(proxyBeanMethods = false)
class UpkeepConfiguration {

    @Bean
    Publications publications(Databases databases) {
        return new Publications(databases);
    }

    @Bean
    ForgottenIds forgottenIds(Databases databases) {
        return new ForgottenIds(databases);
    }
}
