/** Brings the schema to the version that the program needs, and looks whether the user has the rights. */
@NullMarked
package dev.crowdlab.schema;

import org.jspecify.annotations.NullMarked;
