/** The command line: one class per command, exit codes, and what a person reads on the terminal. */
@NullMarked
package dev.crowdlab.cli;

import org.jspecify.annotations.NullMarked;
