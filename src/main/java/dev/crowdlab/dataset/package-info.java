/** One immutable picture of a dataset's input: external ids and their dense indices, checks, refused rows. */
@NullMarked
package dev.crowdlab.dataset;

import org.jspecify.annotations.NullMarked;
