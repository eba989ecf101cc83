/** The command line: one class per command, exit codes, and the output on the terminal. */
@NullMarked
package dev.crowdlab.cli;

import org.jspecify.annotations.NullMarked;
