package dev.crowdlab;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import dev.crowdlab.engine.pass.NotThreadSafe;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Calendar;
import java.util.Date;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.jspecify.annotations.NullMarked;
import org.springframework.batch.core.step.builder.ChunkOrientedStepBuilder;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

@AnalyzeClasses(packages = "dev.crowdlab", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "dev.crowdlab";
    private static final String ENGINE = "dev.crowdlab.engine..";
    private static final String DATASET = "dev.crowdlab.dataset..";
    private static final String SETTINGS = "dev.crowdlab.settings..";
    private static final String CONFIGURATION = "dev.crowdlab.configuration..";
    private static final String JOB = "dev.crowdlab.job..";
    private static final String CLI = "dev.crowdlab.cli..";
    private static final String CHECKS = "dev.crowdlab.checks..";
    private static final String TEXT = "dev.crowdlab.text..";

    private static final DescribedPredicate<JavaClass> JDBC = resideInAnyPackage(
                    "java.sql..", "javax.sql..", "org.springframework.jdbc..", "org.postgresql..")
            .as("classes of JDBC");

    private static final int MAX_BEANS = 6;
    private static final int MAX_FILES = 40;

    @ArchTest
    static final ArchRule engineIsPlainJava = classes()
            .that()
            .resideInAPackage(ENGINE)
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage("java..", "jdk.jfr..", "org.jspecify..", ENGINE)
                    .and(not(resideInAPackage("java.sql.."))))
            .because("the engine is usable as a library, without Spring and without a database");

    @ArchTest
    static final ArchRule packagesHaveNoCycles = slices().assignedFrom(packages())
            .should()
            .beFreeOfCycles()
            .because("a package that can be understood only with another is one package");

    @ArchTest
    static final ArchRule packagesUseOnlyWhatTheDesignAllows = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("engine")
            .definedBy("dev.crowdlab.engine..")
            .layer("text")
            .definedBy("dev.crowdlab.text..")
            .layer("postgres")
            .definedBy("dev.crowdlab.postgres..")
            .layer("dataset")
            .definedBy("dev.crowdlab.dataset..")
            .layer("settings")
            .definedBy("dev.crowdlab.settings..")
            .layer("configuration")
            .definedBy("dev.crowdlab.configuration..")
            .layer("schema")
            .definedBy("dev.crowdlab.schema..")
            .layer("finding")
            .definedBy("dev.crowdlab.finding..")
            .layer("run")
            .definedBy("dev.crowdlab.run..")
            .layer("input")
            .definedBy("dev.crowdlab.input..")
            .layer("results")
            .definedBy("dev.crowdlab.results..")
            .layer("checks")
            .definedBy("dev.crowdlab.checks..")
            .layer("publication")
            .definedBy("dev.crowdlab.publication..")
            .layer("retention")
            .definedBy("dev.crowdlab.retention..")
            .layer("audit")
            .definedBy("dev.crowdlab.audit..")
            .layer("forget")
            .definedBy("dev.crowdlab.forget..")
            .layer("plan")
            .definedBy("dev.crowdlab.plan..")
            .layer("report")
            .definedBy("dev.crowdlab.report..")
            .layer("export")
            .definedBy("dev.crowdlab.export..")
            .layer("init")
            .definedBy("dev.crowdlab.init..")
            .layer("notification")
            .definedBy("dev.crowdlab.notification..")
            .layer("job")
            .definedBy("dev.crowdlab.job..")
            .layer("cli")
            .definedBy("dev.crowdlab.cli..")
            .layer("trial")
            .definedBy("dev.crowdlab.trial..")
            .whereLayer("engine")
            .mayNotAccessAnyLayer()
            .whereLayer("text")
            .mayNotAccessAnyLayer()
            .whereLayer("finding")
            .mayNotAccessAnyLayer()
            .whereLayer("postgres")
            .mayOnlyAccessLayers("text")
            .whereLayer("dataset")
            .mayOnlyAccessLayers("engine")
            .whereLayer("settings")
            .mayOnlyAccessLayers("finding", "dataset", "engine", "text")
            .whereLayer("configuration")
            .mayOnlyAccessLayers("settings")
            .whereLayer("configuration")
            .mayOnlyBeAccessedByLayers("job", "cli")
            .whereLayer("schema")
            .mayOnlyAccessLayers("postgres", "text")
            .whereLayer("run")
            .mayOnlyAccessLayers("finding", "results", "dataset", "engine", "settings", "postgres", "text")
            .whereLayer("input")
            .mayOnlyAccessLayers("dataset", "postgres", "text")
            .whereLayer("results")
            .mayOnlyAccessLayers("dataset", "engine", "postgres")
            .whereLayer("checks")
            .mayOnlyAccessLayers("finding", "run", "dataset", "engine", "settings", "text")
            .whereLayer("publication")
            .mayOnlyAccessLayers("finding", "checks", "run", "results", "retention", "settings", "postgres", "text")
            .whereLayer("retention")
            .mayOnlyAccessLayers("finding", "run", "results", "postgres", "text")
            .whereLayer("audit")
            .mayOnlyAccessLayers("publication", "retention", "results", "run", "postgres", "text")
            .whereLayer("forget")
            .mayOnlyAccessLayers("audit", "publication", "results", "retention", "postgres")
            .whereLayer("report")
            .mayOnlyAccessLayers("engine", "finding", "run", "results", "settings", "postgres", "text")
            .whereLayer("export")
            .mayOnlyAccessLayers("engine", "settings", "postgres", "text")
            .whereLayer("export")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("init")
            .mayOnlyAccessLayers("settings", "dataset")
            .whereLayer("init")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("notification")
            .mayOnlyAccessLayers("run", "settings")
            .whereLayer("notification")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("plan")
            .mayOnlyAccessLayers("input", "run", "dataset", "engine", "settings", "postgres", "text")
            .whereLayer("job")
            .mayOnlyAccessLayers(
                    "plan",
                    "input",
                    "dataset",
                    "engine",
                    "results",
                    "finding",
                    "run",
                    "checks",
                    "publication",
                    "retention",
                    "forget",
                    "audit",
                    "schema",
                    "settings",
                    "configuration",
                    "postgres",
                    "text")
            .whereLayer("trial")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("cli")
            .mayOnlyBeAccessedByLayers("trial")
            .because(
                    "a run goes one way: from the command through plan and job to what is read, computed, checked and"
                            + " written. Settings use engine and dataset because the options that can be chosen are their enums");

    @ArchTest
    static final ArchRule theRestIsGoodForProgramsOfOtherKinds = noClasses()
            .that()
            .resideOutsideOfPackages(JOB, CLI, CONFIGURATION, "dev.crowdlab.trial..", ROOT)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.springframework.boot..",
                    "org.springframework.batch..",
                    "org.springframework.context..",
                    "org.springframework.core.env..",
                    "picocli..")
            .because("what is computed, read, written and recorded is a plain jar, whatever program it is part of");

    @ArchTest
    static final ArchRule jdbcStaysWhereRowsMove = noClasses()
            .that()
            .resideInAnyPackage(ENGINE, DATASET, SETTINGS, CONFIGURATION, TEXT)
            .should()
            .dependOnClassesThat(JDBC)
            .because("what is not about the database can be tested and used without one");

    @ArchTest
    static final ArchRule jobAndCommandsOnlyPassConnectionsOn = noClasses()
            .that()
            .resideInAnyPackage(CLI, ROOT)
            .should()
            .dependOnClassesThat(JDBC.and(not(equivalentTo(SQLException.class)))
                    .and(not(equivalentTo(DataSource.class)))
                    .and(not(equivalentTo(DataSourceTransactionManager.class))))
            .because(
                    "they wire data sources and transactions and explain errors; statements belong to the packages below");

    @ArchTest
    static final ArchRule batchIsWiredInOnePlace = noClasses()
            .that()
            .resideOutsideOfPackage(JOB)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.springframework.batch..")
            .because("whoever reads package job knows all that this program does with Spring Batch");

    @ArchTest
    static final ArchRule stepsAreBuiltInOnePlace = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.crowdlab.job.step.StepFactory")
            .should()
            .callConstructorWhere(target(
                    "builds a step",
                    access -> access.getTargetOwner().isAssignableTo(StepBuilder.class)
                            || access.getTargetOwner().isAssignableTo(ChunkOrientedStepBuilder.class)))
            .because("a step built without the transaction manager runs without transactions, and nobody notices");

    @ArchTest
    static final ArchRule configurationsAreSmallAndHidden = classes()
            .that()
            .areAnnotatedWith(Configuration.class)
            .should()
            .bePackagePrivate()
            .andShould()
            .resideInAPackage(JOB)
            .andShould()
            .haveSimpleNameEndingWith("Configuration")
            .andShould(declareFewBeans())
            .because("a configuration is read from top to bottom.");

    @ArchTest
    static final ArchRule nothingIsInjectedIntoFields = noFields()
            .should()
            .beAnnotatedWith(Autowired.class)
            .orShould()
            .beAnnotatedWith("jakarta.inject.Inject")
            .orShould()
            .beAnnotatedWith("jakarta.annotation.Resource")
            .orShould()
            .beAnnotatedWith(Value.class)
            .because(
                    "what a class needs comes through its constructor. The fields of commands are picocli's, which fills"
                            + " them from the command line");

    @ArchTest
    static final ArchRule nothingIsInjectedThroughMethods = noMethods()
            .should()
            .beAnnotatedWith(Autowired.class)
            .orShould()
            .beAnnotatedWith("jakarta.inject.Inject")
            .orShould()
            .beAnnotatedWith("jakarta.annotation.Resource")
            .orShould()
            .beAnnotatedWith(Value.class)
            .because("a half-built object can be used by mistake");

    @ArchTest
    static final ArchRule settingsComeAsRecords = noClasses()
            .should()
            .dependOnClassesThat(equivalentTo(Value.class))
            .because("settings are checked together, once, before anything runs");

    @ArchTest
    static final ArchRule timeAndChanceComeFromOutside = noClasses()
            .should()
            .callMethodWhere(target(
                    "asks for the time",
                    access -> (access.getName().equals("now")
                                    && access.getTarget()
                                            .getOwner()
                                            .getPackageName()
                                            .equals("java.time")
                                    && access.getTarget().getRawParameterTypes().isEmpty())
                            || access.getTarget().getFullName().equals("java.lang.System.currentTimeMillis()")
                            || access.getTarget().getFullName().equals("java.lang.Math.random()")))
            .orShould()
            .callConstructor(Random.class)
            .orShould()
            .callConstructor(Date.class)
            .because("a run of a past moment gives what it gave then. Measuring how long something takes is not meant");

    @ArchTest
    static final ArchRule clocksAreMadeByTheWiring = noClasses()
            .that()
            .areNotAnnotatedWith(Configuration.class)
            .should()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone")
            .because("a class that makes its own clock cannot be tested");

    @ArchTest
    static final ArchRule nothingIsPrintedLoggedOrThrownCarelessly = CompositeArchRule.of(
                    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS)
            .and(NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS)
            .and(NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING)
            .because("commands write to the writers that they are given, and an exception says what happened");

    @ArchTest
    static final ArchRule oldDatesAreNotUsed = noClasses()
            .should()
            .dependOnClassesThat(assignableTo(Date.class).or(equivalentTo(Calendar.class)))
            .because("java.time has a type for every kind of time");

    @ArchTest
    static final ArchRule valuesDoNotChange = fields().that()
            .areDeclaredInClassesThat(resideInAnyPackage(ENGINE, DATASET, SETTINGS, CONFIGURATION)
                    .and(not(annotatedWith(NotThreadSafe.class))))
            .should()
            .beFinal()
            .because("what threads may share does not change, and a class that does says so");

    @ArchTest
    static final ArchRule namesSayWhatClassesAreFor = noClasses()
            .should()
            .haveNameMatching(".*(Utils?|Helper|Manager|Impl|Dto|Bean|Info|Data)(\\$.*)?")
            .because("a name that fits every class tells of none");

    @ArchTest
    static final ArchRule packagesSayWhatTheyAreFor = noClasses()
            .should()
            .resideInAnyPackage(
                    "..util..",
                    "..utils..",
                    "..common..",
                    "..helper..",
                    "..misc..",
                    "..support..",
                    "..impl..",
                    "..dto..",
                    "..model..",
                    "..service..")
            .because("packages are cut by purpose");

    @ArchTest
    static final ArchRule packagesAreNullMarked = classes()
            .should(haveNullMarkedPackages())
            .because("NullAway looks only at packages that say what null means in them");

    @ArchTest
    static final ArchRule nothingIsUsedThatSpringBatchRemoves = noClasses()
            .should()
            .dependOnClassesThat()
            .haveNameMatching(".*\\.(JobLauncher|JobExplorer|SimpleStepBuilder|FaultTolerantStepBuilder)")
            .because("it goes with the next major version");

    @ArchTest
    static final ArchRule nothingKeepsTheJvmFromEnding = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.net.http..")
            .because("its threads, which wait in native code, make the end of the JVM 0.3 s longer");

    private static <T extends JavaAccess<?>> DescribedPredicate<T> target(String description, Predicate<T> predicate) {
        return DescribedPredicate.describe(description, predicate);
    }

    private static ArchCondition<JavaClass> declareFewBeans() {
        return new ArchCondition<>("declare at most " + MAX_BEANS + " beans") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                long beans = type.getMethods().stream()
                        .filter(method -> method.isAnnotatedWith(Bean.class))
                        .count();
                events.add(new SimpleConditionEvent(
                        type, beans <= MAX_BEANS, type.getName() + " declares " + beans + " beans"));
            }
        };
    }

    @ArchTest
    static void packagesHaveFortyFilesAtMost(JavaClasses types) {
        Map<String, Long> files = types.stream()
                .filter(type -> type.getEnclosingClass().isEmpty()
                        && !type.getSimpleName().equals("package-info"))
                .collect(groupingBy(JavaClass::getPackageName, counting()));
        assertThat(files)
                .as("whoever enters a package wants to see what is in it")
                .allSatisfy((name, count) -> assertThat(count).as(name).isLessThanOrEqualTo(MAX_FILES));
    }

    private static SliceAssignment packages() {
        return new SliceAssignment() {

            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                return type.getPackageName().startsWith(ROOT)
                        ? SliceIdentifier.of(type.getPackageName())
                        : SliceIdentifier.ignore();
            }

            @Override
            public String getDescription() {
                return "packages";
            }
        };
    }

    private static ArchCondition<JavaClass> haveNullMarkedPackages() {
        return new ArchCondition<>("have a package-info with @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean isMarked = type.getPackage().isAnnotatedWith(NullMarked.class);
                events.add(new SimpleConditionEvent(
                        type, isMarked, type.getPackageName() + (isMarked ? " is" : " is not") + " marked"));
            }
        };
    }
}
