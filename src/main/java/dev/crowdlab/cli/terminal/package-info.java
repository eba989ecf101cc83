/**
 * What a call says to people and to other programs: lines, tables, progress, errors, exit codes and the summary.
 */
@NullMarked
package dev.crowdlab.cli.terminal;

import org.jspecify.annotations.NullMarked;
