/** The section of the report about what examples need, and what labels buy. */
@NullMarked
package dev.crowdlab.report.state;

import org.jspecify.annotations.NullMarked;
