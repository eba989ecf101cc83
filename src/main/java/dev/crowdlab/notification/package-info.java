/** Tells others how a call ended: a webhook, and metrics for Prometheus and OpenTelemetry. */
@NullMarked
package dev.crowdlab.notification;

import org.jspecify.annotations.NullMarked;
