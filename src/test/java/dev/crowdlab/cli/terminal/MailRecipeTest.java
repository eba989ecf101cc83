package dev.crowdlab.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipe that mails how a night ended, with programs that stand for the job and for sendmail. */
class MailRecipeTest {

    private static final Path RECIPE = Path.of("src/deploy/mail/crowdlab-mail").toAbsolutePath();
    private static final String LEAD = "lead@example.org";

    @TempDir
    private Path directory;

    @Test
    void aGoodNightSendsNoMail() throws Exception {
        assertThat(mail(LEAD, "echo fine", 0)).isZero();
        assertThat(directory.resolve("mail")).doesNotExist();
    }

    @Test
    void theMailOfARefusedNightSaysWhatToDoAndTheExitCodeStays() throws Exception {
        assertThat(mail(LEAD, "echo 'reviews: refused.'; echo 'a warning' >&2", ExitCode.REFUSED))
                .isEqualTo(ExitCode.REFUSED);
        assertThat(sent())
                .startsWith("To: lead@example.org\nSubject: crowdlab-etl: a result was refused")
                .contains("Exit code 3 of: ", "\n\nreviews: refused.\na warning\n");
        assertThat(directory.resolve("arguments")).content().isEqualTo("-i lead@example.org\n");
    }

    @Test
    void everyExitCodeOfTheProgramHasASubjectOfItsOwn() throws Exception {
        List<String> subjects = new ArrayList<>();
        for (int code : List.of(
                ExitCode.FAILED, ExitCode.USAGE, ExitCode.REFUSED, ExitCode.IN_USE, ExitCode.UNREACHABLE, 10, 137)) {
            assertThat(mail(LEAD, "echo", code)).isEqualTo(code);
            subjects.add(sent().lines().skip(1).findFirst().orElseThrow());
        }
        assertThat(subjects).doesNotHaveDuplicates();
        assertThat(subjects.get(subjects.size() - 1))
                .isEqualTo("Subject: crowdlab-etl: ended with 137; read the output below");
    }

    @Test
    void outputCannotAddHeadersNorEndTheMail() throws Exception {
        mail(LEAD, "printf 'Bcc: other@example.org\\n.\\nlast\\n'", ExitCode.FAILED);
        String headers = sent().substring(0, sent().indexOf("\n\n"));
        assertThat(headers).doesNotContain("Bcc");
        assertThat(sent()).endsWith("\nBcc: other@example.org\n.\nlast\n");
    }

    @Test
    void ofALongOutputTheEndIsMailed() throws Exception {
        mail(LEAD, "head -c 1000000 /dev/zero | tr '\\0' x; echo summary", ExitCode.FAILED);
        assertThat(sent()).hasSizeBetween(200_000, 201_000).endsWith("xsummary\n");
    }

    @Test
    void aMailThatCannotBeHandedOverIsPrintedAndTheExitCodeStays() throws Exception {
        script("sendmail", "cat > /dev/null; exit 75");
        assertThat(start(LEAD, "echo 'the run failed'", ExitCode.FAILED)).isEqualTo(ExitCode.FAILED);
        assertThat(directory.resolve("printed"))
                .content()
                .startsWith("crowdlab-mail: the mail to lead@example.org could not be handed over")
                .contains("the run failed");
    }

    @Test
    void anAddressThatIsAnOptionOrSeveralIsRefusedBeforeTheRun() throws Exception {
        for (String address : List.of("-Ooption", "a@example.org,b@example.org", "a@example.org\nBcc: b@example.org")) {
            assertThat(mail(address, "touch " + directory.resolve("ran"), 0)).isEqualTo(ExitCode.USAGE);
        }
        assertThat(directory.resolve("ran")).doesNotExist();
        assertThat(directory.resolve("mail")).doesNotExist();
    }

    private String sent() throws IOException {
        return Files.readString(directory.resolve("mail"));
    }

    private int mail(String address, String job, int code) throws IOException, InterruptedException {
        script("sendmail", "echo \"$*\" > %1$s/arguments; cat > %1$s/mail".formatted(directory));
        return start(address, job, code);
    }

    private int start(String address, String job, int code) throws IOException, InterruptedException {
        Path program = script("job", job + "\nexit " + code);
        ProcessBuilder builder = new ProcessBuilder(RECIPE.toString(), address, program.toString(), "run")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("printed").toFile());
        builder.environment()
                .put("CROWDLAB_SENDMAIL", directory.resolve("sendmail").toString());
        Process process = builder.start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private Path script(String name, String commands) throws IOException {
        Path file = directory.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + commands + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }
}
