/**
 * Where settings come from: files, the environment and flags, as Spring Boot orders them, and the line of each setting.
 */
@NullMarked
package dev.crowdlab.configuration;

import org.jspecify.annotations.NullMarked;
