package dev.crowdlab.trial;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FirstRunHintsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            /opt/crowdlab/crowdlab | /home/me/.cache/crowdlab-etl/1-2-3-4/crowdlab-etl.jar | /opt/crowdlab/crowdlab database
            /opt/my jobs/crowdlab  | x.jar                                | '/opt/my jobs/crowdlab' database
                                   | target/crowdlab-etl.jar              | java -jar target/crowdlab-etl.jar database
                                   | it's here/crowdlab-etl.jar           | java -jar 'it'\\''s here/crowdlab-etl.jar' database
                                   | target/classes:/home/me/.m2/x/y.jar  | ./mvnw -q spring-boot:run -Dspring-boot.run.arguments=database
                                   | target/classes                       | ./mvnw -q spring-boot:run -Dspring-boot.run.arguments=database
            """)
    void aCommandIsCalledAsTheProgramWas(String launcher, String classPath, String call) {
        assertThat(FirstRunHints.call("database", launcher, classPath)).isEqualTo(call);
    }
}
