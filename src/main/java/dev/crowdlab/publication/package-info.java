/**
 * Ends runs and decides which of them the dashboards show: publishes or refuses a run after its checks, closes those
 * that failed or broke off, makes an earlier one current again, withdraws a dataset.
 */
@NullMarked
package dev.crowdlab.publication;

import org.jspecify.annotations.NullMarked;
