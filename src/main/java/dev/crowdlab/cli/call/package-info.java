/** One call of the program: settings, database, progress, telemetry and the end, whatever the command. */
@NullMarked
package dev.crowdlab.cli.call;

import org.jspecify.annotations.NullMarked;
