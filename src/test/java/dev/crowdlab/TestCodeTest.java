package dev.crowdlab;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.OnlyIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.crowdlab.testing.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import javax.sql.DataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContext;

@AnalyzeClasses(packages = "dev.crowdlab", importOptions = OnlyIncludeTests.class)
class TestCodeTest {

    /** Name the forbidden classes in order to forbid them. */
    private static final String RULES = "dev\\.crowdlab\\.(ArchitectureTest|TestCodeTest)";

    @ArchTest
    static final ArchRule nothingIsMocked = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.mockito..", "org.easymock..", "org.junit..runner..", "org.junit.internal..")
            .because("a mocked database believes everything, and a hand-written fake has a name");

    @ArchTest
    static final ArchRule unitTestsNeedNoDatabaseAndNoContext = noClasses()
            .that()
            .haveNameMatching(".*Test(\\$.*)?")
            .and()
            .haveNameNotMatching(RULES)
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(
                    DataSource.class,
                    Connection.class,
                    DriverManager.class,
                    TestDatabase.class,
                    SpringApplication.class,
                    ApplicationContext.class)
            .because("tests with a database end in IT and run when the program is packaged");

    @ArchTest
    static final ArchRule noTestUsesWhatSpringBatchRemoves = noClasses()
            .should()
            .dependOnClassesThat()
            .haveNameMatching(".*\\.(JobLauncher|JobExplorer|JobLauncherTestUtils|JobRepositoryTestUtils)")
            .because("it goes with the next major version");
}
