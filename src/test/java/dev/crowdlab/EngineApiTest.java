package dev.crowdlab;

import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static com.tngtech.archunit.lang.conditions.ArchConditions.onlyDependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import dev.crowdlab.engine.numeric.FixedPoint;
import dev.crowdlab.engine.pass.NotThreadSafe;
import dev.crowdlab.engine.pass.PhaseEvent;
import dev.crowdlab.engine.pass.UnusableInputException;
import dev.crowdlab.engine.quality.WilsonInterval;
import dev.crowdlab.engine.share.GoldSample;
import dev.crowdlab.engine.soft.AnnotatorForecasts;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a user of the engine's jar may rely on: the public classes of {@code dev.crowdlab.engine}, and whatever their
 * signatures name. All else in the rooms under it is public for the engine's own classes alone. The program is the
 * first user of the jar, and keeps to it.
 */
@AnalyzeClasses(packages = "dev.crowdlab", importOptions = DoNotIncludeTests.class)
class EngineApiTest {

    private static final String ENGINE = "dev.crowdlab.engine";

    /**
     * What no signature names: an annotation, an event, an exception, formulas that others need, and sums that come out
     * the same in any order.
     */
    private static final Set<String> ALSO = Set.of(
            AnnotatorForecasts.class.getName(),
            FixedPoint.class.getName(),
            GoldSample.class.getName(),
            NotThreadSafe.class.getName(),
            PhaseEvent.class.getName(),
            UnusableInputException.class.getName(),
            WilsonInterval.class.getName());

    @ArchTest
    void otherPackagesUseNothingOfTheEngineButItsApi(JavaClasses all) {
        Set<String> api = api(all);
        DescribedPredicate<JavaClass> allowed = DescribedPredicate.describe(
                "are not of the engine, or belong to its API (named in a public signature of dev.crowdlab.engine)",
                used -> !isOfEngine(used)
                        || api.contains(used.getName())
                        || ALSO.contains(used.getName())
                        || used.getEnclosingClass()
                                .filter(outer -> api.contains(outer.getName()))
                                .isPresent());
        classes()
                .that()
                .resideOutsideOfPackage(ENGINE + "..")
                .should(onlyDependOnClassesThat(allowed))
                .check(all);
    }

    private static Set<String> api(JavaClasses all) {
        Set<String> api = new HashSet<>();
        Deque<JavaClass> open = new ArrayDeque<>();
        all.stream()
                .filter(type -> type.getPackageName().equals(ENGINE) && isPublic(type))
                .forEach(open::add);
        while (!open.isEmpty()) {
            JavaClass type = open.remove();
            if (api.add(type.getName())) {
                named(type).filter(EngineApiTest::isOfEngine).forEach(open::add);
            }
        }
        return api;
    }

    private static Stream<JavaClass> named(JavaClass type) {
        Stream<JavaType> members = type.getCodeUnits().stream()
                .filter(member -> member.getModifiers().contains(PUBLIC))
                .flatMap(EngineApiTest::signature);
        Stream<JavaType> parents = Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream());
        return Stream.concat(members, parents)
                .flatMap(named -> named.getAllInvolvedRawTypes().stream())
                .map(JavaClass::getBaseComponentType);
    }

    private static Stream<JavaType> signature(JavaCodeUnit member) {
        return Stream.concat(Stream.of(member.getReturnType()), member.getParameterTypes().stream());
    }

    private static boolean isPublic(JavaClass type) {
        return type.getModifiers().contains(PUBLIC);
    }

    private static boolean isOfEngine(JavaClass type) {
        return type.getPackageName().startsWith(ENGINE);
    }
}
