/** One class for each command, and what its output consists of. */
@NullMarked
package dev.crowdlab.cli.command;

import org.jspecify.annotations.NullMarked;
