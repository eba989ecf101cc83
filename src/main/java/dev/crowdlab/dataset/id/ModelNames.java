package dev.crowdlab.dataset.id;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names by which a language model among annotators is recognized, and its family with it. */
public final class ModelNames {

    /** Names of families; a new one is added here. */
    private static final List<String> FAMILIES = List.of(
            "chatgpt",
            "claude",
            "command-r",
            "deepseek",
            "gemini",
            "gemma",
            "gpt",
            "grok",
            "kimi",
            "llama",
            "llm",
            "ministral",
            "mistral",
            "mixtral",
            "openai",
            "phi-[0-9]",
            "qwen");

    /**
     * A name that no letter precedes, followed by a digit, a sign or nothing: not the Claude of claude.dupont and not the
     * Gemma of gemma_jones, whose next sign is followed by a letter.
     */
    private static final Pattern NAME = Pattern.compile("(?<![a-z])(" + String.join("|", FAMILIES)
            + ")([-_ :/]?v?[0-9].*|[-_ :/](turbo|mini|nano|pro|large|medium|small|flash|haiku|sonnet|opus|instruct|chat"
            + "|coder|judge|labeler|annotator).*|)$");

    /** A family, and what versions and sizes are called. */
    private static final Pattern WHOLE = Pattern.compile("(" + String.join("|", FAMILIES)
            + ")([-_. ]?(v?[0-9]+[a-z]{0,2}|turbo|mini|nano|pro|large|medium|small|flash|haiku|sonnet|opus|instruct|chat|coder"
            + "|preview|latest|judge|labeler|annotator))*");

    private ModelNames() {}

    /** Whether a text is the name of a model and nothing else: gpt_4o_mini, and not gpt_4o_reason. */
    public static boolean isName(String text) {
        return WHOLE.matcher(text.toLowerCase(Locale.ROOT)).matches();
    }

    /** The family of a model of this id, such as gpt; empty if it does not look like that of a model. */
    public static Optional<String> family(String id) {
        Matcher found = NAME.matcher(id.toLowerCase(Locale.ROOT));
        return id.indexOf('@') < 0 && found.find()
                ? Optional.of(found.group(1).replaceFirst("-[0-9]$", ""))
                : Optional.empty();
    }
}
