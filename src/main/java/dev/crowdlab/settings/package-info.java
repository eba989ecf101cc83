/** The settings: their names, their checked values, and what is wrong with them. No file is read here. */
@NullMarked
package dev.crowdlab.settings;

import org.jspecify.annotations.NullMarked;
