package dev.crowdlab.dataset.id;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelNamesTest {

    @ParameterizedTest
    @CsvSource({
        "gpt-4o, gpt",
        "GPT-5, gpt",
        "gpt4, gpt",
        "openai/gpt-4o-mini, gpt",
        "claude-3-5-sonnet-20241022, claude",
        "Claude Sonnet 4, claude",
        "anthropic.claude-3-haiku, claude",
        "meta-llama/Llama-3.1-70B-Instruct, llama",
        "gemini-2.5-pro, gemini",
        "gemini_flash, gemini",
        "mistral-large-latest, mistral",
        "Qwen2.5-72B, qwen",
        "phi-4, phi",
        "command-r-1, command-r",
        "llm, llm",
        "llm_judge, llm"
    })
    void modelsAreKnownByTheirNames(String id, String family) {
        assertThat(ModelNames.family(id)).hasValue(family);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "w1",
                "claude.dupont@example.org",
                "claude.dupont",
                "gemma_jones",
                "claudette",
                "gpt-4@example.org",
                "egpt",
                "philip",
                "phi",
                "llamas of peru"
            })
    void peopleAreNot(String id) {
        assertThat(ModelNames.family(id)).isEmpty();
    }

    @Test
    void aLongIdIsLookedAtOnce() {
        assertThat(ModelNames.family("gpt-4 ".repeat(100_000))).hasValue("gpt");
        assertThat(ModelNames.family("gpt-x".repeat(100_000))).isEmpty();
    }
}
