/** Checks that the database objects between the results and their readers are those that the migrations created. */
@NullMarked
package dev.crowdlab.catalog;

import org.jspecify.annotations.NullMarked;
