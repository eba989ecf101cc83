/** Where settings come from: files, the environment and flags, as Spring Boot orders them, and in which line each stands. */
@NullMarked
package dev.crowdlab.configuration;

import org.jspecify.annotations.NullMarked;
