/**
 * What the next person would say about an example: targets for training that keep the variation of human labels. Source: a study of our own, see page algorithms.md.
 */
@NullMarked
package dev.crowdlab.engine.soft;

import org.jspecify.annotations.NullMarked;
