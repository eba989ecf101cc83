package dev.crowdlab.engine.choice;

import dev.crowdlab.engine.agreement.AgreementEstimate;

/**
 * What was found out about one class.
 *
 * @param chosenCount how many answers name it
 * @param publishedCount for how many examples it is published
 * @param percentAgreement how often two answers to an example agree about it
 * @param alpha Krippendorff's alpha of the answers about it: chosen or not
 * @param accuracy how often what is published about it is right, as the committee estimates; NaN without committee
 */
public record ClassChoices(
        long chosenCount,
        long publishedCount,
        AgreementEstimate percentAgreement,
        AgreementEstimate alpha,
        double accuracy) {}
