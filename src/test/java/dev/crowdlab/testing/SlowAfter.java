package dev.crowdlab.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Of a parameterized test: the invocations after the first few are slow, as if they had the tag; see {@link Slow}. Without
 * them the build counts them as skipped.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(SlowAfter.Condition.class)
public @interface SlowAfter {

    /** How many invocations are not slow. */
    int value();

    /** Tells invocations by their number in the test's unique id. */
    final class Condition implements ExecutionCondition {

        private static final Pattern INVOCATION = Pattern.compile("\\[test-template-invocation:#(\\d+)]$");

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            Matcher invocation = INVOCATION.matcher(context.getUniqueId());
            if (Slow.isIncluded() || !invocation.find()) {
                return ConditionEvaluationResult.enabled("not slow, or slow tests run");
            }
            int quick = context.getRequiredTestMethod()
                    .getAnnotation(SlowAfter.class)
                    .value();
            return Integer.parseInt(invocation.group(1)) <= quick
                    ? ConditionEvaluationResult.enabled("one of the first " + quick)
                    : ConditionEvaluationResult.disabled("slow: runs with -Pslow");
        }
    }
}
