/** Brings the schema to the version that the program needs, and checks the user's rights. */
@NullMarked
package dev.crowdlab.schema;

import org.jspecify.annotations.NullMarked;
