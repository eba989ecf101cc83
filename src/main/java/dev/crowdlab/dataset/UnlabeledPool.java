package dev.crowdlab.dataset;

import dev.crowdlab.dataset.id.IdList;
import dev.crowdlab.engine.pass.Predictions;
import java.io.Serializable;

/**
 * The examples that have usable predictions of every model but no accepted annotation.
 *
 * @param examples their ids, in code-point order
 * @param predictions [examples × classes] for each model
 */
public record UnlabeledPool(IdList examples, Predictions predictions) implements Serializable {}
