/**
 * Texts and ids by the million without an object each: columns of bytes, dictionaries from id to dense index, and
 * their order.
 */
@NullMarked
package dev.crowdlab.dataset.id;

import org.jspecify.annotations.NullMarked;
