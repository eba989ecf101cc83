package dev.crowdlab.publication;

/**
 * What somebody asked for who started a run.
 *
 * @param isAsOfGiven whether the moment to describe was named
 * @param force whether an unchanged dataset is run, too
 * @param replaceNewer whether the run may become current although the published one describes a later time
 */
public record RunChoices(boolean isAsOfGiven, boolean force, boolean replaceNewer) {}
