/**
 * The input of an analysis, immutable once assembled: external ids and their dense indices, checks of rows, rejected
 * rows.
 */
@NullMarked
package dev.crowdlab.dataset;

import org.jspecify.annotations.NullMarked;
