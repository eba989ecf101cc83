/**
 * Gold that corrects: what a random sample of examples whose class is known teaches about a consensus.
 */
@NullMarked
package dev.crowdlab.engine.correction;

import org.jspecify.annotations.NullMarked;
