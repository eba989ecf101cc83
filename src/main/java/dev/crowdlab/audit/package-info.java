/**
 * Verifies the chain of runs and the digests of stored tables by computing them again, and
 * that the database objects between the results and their readers are those that the migrations created.
 */
@NullMarked
package dev.crowdlab.audit;

import org.jspecify.annotations.NullMarked;
