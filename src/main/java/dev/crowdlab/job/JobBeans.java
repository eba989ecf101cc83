package dev.crowdlab.job;

import org.springframework.context.annotation.Import;

/**
 * All beans of this package. They are named here because looking for them in the jar takes a command 0.1 s of CPU time.
 */
@Import({DatabaseConfiguration.class, RunConfiguration.class, UpkeepConfiguration.class})
public class JobBeans {}
