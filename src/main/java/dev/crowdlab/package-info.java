/** The command line: {@code main}, one class per command, exit codes and what a person reads on the terminal. */
@NullMarked
package dev.crowdlab;

import org.jspecify.annotations.NullMarked;
