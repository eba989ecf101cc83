package dev.crowdlab.cli.terminal;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import dev.crowdlab.text.UsageException;
import dev.crowdlab.text.VisibleText;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.boot.logging.LogFile;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.util.StringUtils;

/**
 * Adapts the log that Spring Boot has configured from {@code logging.*}: console output goes to standard error, because
 * standard output is for results, and everything is made safe by {@link VisibleText}.
 */
public final class LogOutput implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

    private static final String STANDARD_ERROR = "System.err";

    /** Boot's setting; anything but an empty text makes each event of the console a line of JSON. */
    private static final String CONSOLE_FORMAT = "logging.structured.format.console";

    private static volatile boolean isStructured;

    /**
     * Disables logging until the settings are read, because a library's message about a malformed file may quote a
     * secret in it.
     */
    public static void silence() {
        root().setLevel(Level.OFF);
        isStructured = false;
    }

    /**
     * Whether all output of a run is written as log events, one line of JSON each. False until the settings are read.
     */
    public static boolean isStructured() {
        return isStructured;
    }

    private static Logger root() {
        return ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(Logger.ROOT_LOGGER_NAME);
    }

    @Override
    public int getOrder() {
        return LoggingApplicationListener.DEFAULT_ORDER + 1;
    }

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        isStructured = StringUtils.hasText(event.getEnvironment().getProperty(CONSOLE_FORMAT));
        Iterator<Appender<ILoggingEvent>> appenders = root().iteratorForAppenders();
        while (appenders.hasNext()) {
            if (appenders.next() instanceof OutputStreamAppender<ILoggingEvent> appender) {
                adjust(appender);
            }
        }
    }

    private static void adjust(OutputStreamAppender<ILoggingEvent> appender) {
        if (!(appender.getEncoder() instanceof VisibleEncoder)) {
            appender.setEncoder(new VisibleEncoder(appender.getEncoder()));
        }
        if (appender instanceof ConsoleAppender<ILoggingEvent> console && !STANDARD_ERROR.equals(console.getTarget())) {
            console.stop();
            console.setTarget(STANDARD_ERROR);
            console.start();
        }
    }

    /**
     * Checks the log file before Spring Boot opens it, because Boot reports an unwritable one with a long stack trace.
     */
    public static final class FileCheck implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

        @Override
        public int getOrder() {
            return LoggingApplicationListener.DEFAULT_ORDER - 1;
        }

        @Override
        public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
            LogFile file = LogFile.get(event.getEnvironment());
            if (file != null && !isWritable(Path.of(file.toString()).toAbsolutePath())) {
                throw new UsageException("logging.file: " + file
                        + " cannot be written; name a file in a directory where the user may write");
            }
        }

        private static boolean isWritable(Path file) {
            try {
                Files.createDirectories(file.getParent());
                return Files.isWritable(Files.exists(file) ? file : file.getParent()) && !Files.isDirectory(file);
            } catch (IOException e) {
                return false;
            }
        }
    }

    /** Makes the output of another encoder safe. */
    private static final class VisibleEncoder extends EncoderBase<ILoggingEvent> {

        private final Encoder<ILoggingEvent> encoder;
        private final Charset charset;

        VisibleEncoder(Encoder<ILoggingEvent> encoder) {
            this.encoder = encoder;
            Charset own = encoder instanceof LayoutWrappingEncoder<ILoggingEvent> text ? text.getCharset() : null;
            charset = own == null ? StandardCharsets.UTF_8 : own;
        }

        @Override
        public byte[] headerBytes() {
            return encoder.headerBytes();
        }

        @Override
        public byte[] encode(ILoggingEvent event) {
            return VisibleText.lines(new String(encoder.encode(event), charset)).getBytes(charset);
        }

        @Override
        public byte[] footerBytes() {
            return encoder.footerBytes();
        }
    }
}
