package dev.crowdlab.configuration;

import dev.crowdlab.settings.InvalidSettingsException;
import java.util.List;
import org.springframework.boot.context.config.ConfigDataLocation;
import org.springframework.boot.context.config.ConfigDataLocationResolver;
import org.springframework.boot.context.config.ConfigDataLocationResolverContext;
import org.springframework.boot.context.config.ConfigDataResource;
import org.springframework.core.Ordered;

/**
 * Refuses {@code spring.config.import} in a file before Spring Boot fetches what it names; see {@link FileSettings}.
 * Spring Boot finds it by {@code META-INF/spring.factories}, and asks it about each place before its own.
 */
final class FileImports implements ConfigDataLocationResolver<ConfigDataResource>, Ordered {

    FileImports() {}

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public boolean isResolvable(ConfigDataLocationResolverContext context, ConfigDataLocation location) {
        return FileSettings.isOfFile(location.getOrigin());
    }

    @Override
    public List<ConfigDataResource> resolve(ConfigDataLocationResolverContext context, ConfigDataLocation location) {
        throw new InvalidSettingsException(List.of(FileSettings.problem("spring.config.import", location.getOrigin())));
    }
}
