/** Queries for the tables of Label Studio. */
@NullMarked
package dev.crowdlab.settings.labelstudio;

import org.jspecify.annotations.NullMarked;
