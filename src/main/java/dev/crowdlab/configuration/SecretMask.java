package dev.crowdlab.configuration;

import dev.crowdlab.settings.KnownSettings;
import java.util.regex.Pattern;

/** Hides what is secret in the values of settings before they are shown. */
final class SecretMask {

    /** Replaces a secret and reveals nothing about it, not even its length. */
    static final String MASK = "******";

    private static final Pattern SECRET_NAME = Pattern.compile(
            ".*(password|passwd|passphrase|secret|token|credential|apikey|authorization|privatekey|headers).*");

    /** Paths of such addresses are often all that protects them. */
    private static final Pattern HOOK = Pattern.compile(".*(webhook|hook\\.url|openlineage\\.url).*");

    private static final Pattern PATH = Pattern.compile("(?s)^([a-zA-Z][a-zA-Z0-9+.-]*://[^/?#]*).+");

    private static final Pattern USER_BEFORE_HOST = Pattern.compile("://[^/?#\\s]*@");

    private static final Pattern PARAMETER = Pattern.compile(
            "(?i)([?&;][a-z_.-]*(?:password|passwd|secret|token|key|credential|signature)[a-z_.-]*=)[^&;\\s]*");

    private SecretMask() {}

    /**
     * The value as it may be shown.
     *
     * @param name of the setting
     */
    static String mask(String name, String value) {
        String folded = KnownSettings.fold(name);
        if (value.isEmpty()) {
            return value;
        }
        if (SECRET_NAME.matcher(folded).matches()) {
            return MASK;
        }
        String shown = USER_BEFORE_HOST.matcher(value).replaceAll("://" + MASK + "@");
        if (HOOK.matcher(folded).matches()) {
            shown = PATH.matcher(shown).replaceFirst("$1/" + MASK);
        }
        return PARAMETER.matcher(shown).replaceAll("$1" + MASK);
    }
}
