package dev.crowdlab.settings;

import java.nio.file.Path;

/**
 * The embedded database for newcomers.
 *
 * @param directory where it is stored, relative to the working directory
 * @param port its TCP port on the loopback interface, 1 to 65535
 */
public record EmbeddedSettings(Path directory, int port) {}
